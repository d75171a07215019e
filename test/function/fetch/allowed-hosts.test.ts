import { describe, expect, it } from 'vitest';
import { findAllowedHost, parseAllowedHosts } from '../../../function/fetch/allowed-hosts.ts';

describe('parseAllowedHosts', () => {
  it.each([
    ['photos.example.org', { hostname: 'photos.example.org', port: undefined, mayBePrivate: false }],
    ['Photos.Example.org.:8443', { hostname: 'photos.example.org', port: 8443, mayBePrivate: false }],
    ['bücher.example', { hostname: 'xn--bcher-kva.example', port: undefined, mayBePrivate: false }],
    ['8.8.8.8', { hostname: '8.8.8.8', port: undefined, mayBePrivate: false }],
    ['localhost:8080', { hostname: 'localhost', port: 8080, mayBePrivate: true }],
    ['127.0.0.1:80', { hostname: '127.0.0.1', port: 80, mayBePrivate: true }],
    ['[::1]:8080', { hostname: '::1', port: 8080, mayBePrivate: true }],
    ['10.1.2.3:443', { hostname: '10.1.2.3', port: 443, mayBePrivate: true }],
    ['*.Example.org', { hostname: 'example.org', isOfSubdomains: true, port: undefined, mayBePrivate: false }],
    ['*.example.org:8443', { hostname: 'example.org', isOfSubdomains: true, port: 8443, mayBePrivate: false }],
  ])('reads %s', (entry, expected) => {
    expect(parseAllowedHosts([entry])).toEqual([expected]);
  });

  it.each([
    'https://example.org',
    'example.org/photos',
    'user@example.org',
    '*',
    '*example.org',
    'photos.*.org',
    'example.org:',
    'example.org:0',
    'example.org:65536',
    'example.org:http',
    '::1',
    '[::1',
    'a b',
    '',
    '256.1.1.1',
  ])('refuses %j, which is no host', (entry) => {
    expect(() => parseAllowedHosts([entry])).toThrow(
      expect.objectContaining({ name: 'SettingError', hint: expect.stringContaining('host:port') }),
    );
  });

  it.each([
    'localhost',
    '127.0.0.1',
    '[::1]',
    '10.1.2.3',
    '169.254.169.254',
  ])('refuses %s without its port, since it is private', (entry) => {
    expect(() => parseAllowedHosts([entry])).toThrow(
      expect.objectContaining({ hint: expect.stringContaining('private') }),
    );
  });
});

it.each([
  'photos.internal',
  'intranet:8080',
  '*.corp.internal',
  '*.com',
  'printer.local:80',
])('refuses %s, which no rule would ever let through', (entry) => {
  expect(() => parseAllowedHosts([entry])).toThrow(expect.objectContaining({ hint: expect.stringContaining('never') }));
});

it.each(['*.127.0.0.1', '*.[::1]:80', '*.localhost:80'])('refuses %s, which has no subdomains', (entry) => {
  expect(() => parseAllowedHosts([entry])).toThrow('PHOTO_URL_ALLOWED_HOSTS');
});

describe('findAllowedHost', () => {
  const allowedHosts = parseAllowedHosts(['photos.example.org', 'other.example.org:8443', '*.cdn.example:443']);

  it.each([
    ['photos.example.org', 80, true],
    ['photos.example.org', 443, true],
    ['other.example.org', 8443, true],
    ['other.example.org', 443, false],
    ['sub.photos.example.org', 443, false],
    ['example.org', 443, false],
    ['evilphotos.example.org', 443, false],
    ['a.cdn.example', 443, true],
    ['a.b.cdn.example', 443, true],
    ['a.cdn.example', 80, false],
    ['cdn.example', 443, false],
    ['evilcdn.example', 443, false],
  ])('for %s and port %i says %s', (hostname, port, expected) => {
    expect(findAllowedHost(allowedHosts, hostname, port) !== undefined).toBe(expected);
  });
});

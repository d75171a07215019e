import { describe, expect, it } from 'vitest';
import { parseAllowedHosts } from '../../../function/fetch/allowed-hosts.ts';
import { checkUrl } from '../../../function/fetch/check-url.ts';

describe('checkUrl', () => {
  it.each([
    ['https://example.org/a.jpg', 'example.org', 443],
    ['HTTP://EXAMPLE.ORG', 'example.org', 80],
    ['http://example.org:443/', 'example.org', 443],
    ['https://example.org./a.jpg?b=c#d', 'example.org', 443],
    ['https://bücher.example/', 'xn--bcher-kva.example', 443],
    ['https://8.8.8.8/', '8.8.8.8', 443],
    ['https://[2606:4700:4700::1111]/', '2606:4700:4700::1111', 443],
    ['https://under_score.example.org/', 'under_score.example.org', 443],
    [`https://example.org/${'a'.repeat(8_172)}`, 'example.org', 443],
    [`https://${'a.'.repeat(123)}example/`, `${'a.'.repeat(123)}example`, 443],
  ])('lets %s through', (text, hostname, port) => {
    expect(checkUrl(text, [])).toMatchObject({ hostname, port, mayBePrivate: false });
  });

  it.each([
    ['not a URL', 'absolute URL'],
    ['/a.jpg', 'absolute URL'],
    ['//example.org/a.jpg', 'absolute URL'],
    ['http://', 'absolute URL'],
    ['http://[fe80::1%25eth0]/', 'absolute URL'],
    ['http://[::1', 'absolute URL'],
    ['http://256.1.1.1/', 'absolute URL'],
    ['http://example.org:99999/', 'absolute URL'],
    [`https://example.org/${'a'.repeat(8_173)}`, 'absolute URL'],
    ['file:///etc/passwd', 'scheme'],
    ['ftp://example.org/a.jpg', 'scheme'],
    ['gopher://127.0.0.1:6379/_INFO', 'scheme'],
    ['data:image/png;base64,AAAA', 'scheme'],
    ['javascript:alert(1)', 'scheme'],
    ['blob:http://example.org/1', 'scheme'],
    ['s3://bucket/key', 'scheme'],
    ['ws://example.org/', 'scheme'],
    ['jar:http://example.org!/', 'scheme'],
    ['https://user@example.org/', 'user name'],
    ['https://:secret@example.org/', 'user name'],
    ['https://example.org@127.0.0.1/', 'user name'],
    ['http://example.org:8080/', 'port'],
    ['http://example.org:22/', 'port'],
    ['http://example.org:0/', 'port'],
    ['https://127.0.0.1:8443/', 'port'],
    ['http://localhost/', 'private networks'],
    ['http://LOCALHOST./', 'private networks'],
    ['http://a.localhost/', 'private networks'],
    ['http://ⓛocalhost/', 'private networks'],
    ['http://loc\talho\nst/', 'private networks'],
    ['http://intranet/', 'private networks'],
    ['http://printer.local/', 'private networks'],
    ['http://metadata.google.internal/', 'private networks'],
    ['http://ip-10-0-0-1.eu-west-1.compute.internal/', 'private networks'],
    ['http://router.home.arpa/', 'private networks'],
    ['http://example..org/', 'valid name'],
    ['http://example.org../', 'valid name'],
    ['http://.example.org/', 'valid name'],
    [`http://${'a.'.repeat(123)}examples/`, 'valid name'],
  ])('refuses %s for its rule on: %s', (text, rule) => {
    expect(() => checkUrl(text, [])).toThrow(
      expect.objectContaining({ code: 'url_not_allowed', message: expect.stringContaining(rule) }),
    );
  });

  it('names the redirect whose target it refuses, and nothing of that target', () => {
    const from = new URL('http://example.org/');

    expect(() => checkUrl('ftp://secret.example/', [], 2, from)).toThrow(
      'The URL is refused at redirect 2: its scheme is not http or https.',
    );
  });

  it('reads a relative redirect against the page that sent it', () => {
    const { url } = checkUrl('../b.jpg', [], 1, new URL('https://example.org/x/a.jpg'));

    expect(url.href).toBe('https://example.org/b.jpg');
  });

  it('refuses a redirect from https to http', () => {
    expect(() => checkUrl('http://example.org/', [], 1, new URL('https://example.org/'))).toThrow('from https to http');
  });

  it('keeps to the allow-list, each entry with its own port rule', () => {
    const allowedHosts = parseAllowedHosts(['photos.example.org', 'other.example.org:8443', 'localhost:8080']);

    expect(checkUrl('https://photos.example.org/', allowedHosts).mayBePrivate).toBe(false);
    expect(checkUrl('https://other.example.org:8443/', allowedHosts).mayBePrivate).toBe(false);
    expect(checkUrl('http://localhost:8080/', allowedHosts).mayBePrivate).toBe(true);
    expect(() => checkUrl('https://photos.example.org:8443/', allowedHosts)).toThrow('port is not 80 or 443');
    expect(() => checkUrl('https://other.example.org/', allowedHosts)).toThrow('not among those');
    expect(() => checkUrl('http://127.0.0.1:8080/', allowedHosts)).toThrow('not among those');
    expect(() => checkUrl('http://8.8.8.8/', allowedHosts)).toThrow('not among those');
  });
});

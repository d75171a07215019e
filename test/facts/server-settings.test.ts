import { expect, it } from 'vitest';
import { serverSettings } from '../../facts/server-settings.ts';

it.each([
  '127.0.0.1',
  '0.0.0.0',
  'localhost',
  '::',
  '::1',
  'fe80::1%eth0',
  'my-machine.lan',
])('takes the host %s', (host) => {
  expect(serverSettings.host.parse(host)).toBe(host);
});

it.each(['http://localhost', 'localhost:8080', '[::1]', 'a b', ' '])('refuses the host %j', (host) => {
  expect(serverSettings.host.parse(host)).toBeUndefined();
});

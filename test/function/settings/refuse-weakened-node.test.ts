import { expect, it } from 'vitest';
import { refuseWeakenedNode } from '../../../function/settings/refuse-weakened-node.ts';
import { wireService } from '../../../function/wire.ts';

it.each([
  [{ NODE_TLS_REJECT_UNAUTHORIZED: '0' }, []],
  [{ NODE_OPTIONS: '--insecure-http-parser' }, []],
  [{ NODE_OPTIONS: '--enable-source-maps --insecure_http_parser' }, []],
  [{ NODE_OPTIONS: '"--tls-min-v1.0"' }, []],
  [{ NODE_OPTIONS: '--security-revert=CVE-2023-46809' }, []],
  [{}, ['--tls-cipher-list=ALL']],
  [{}, ['--expose-gc', '--tls-keylog=keys']],
])('refuses %o and the flags %o by name', (environment, flags) => {
  expect(() => refuseWeakenedNode(environment, flags)).toThrow(
    expect.objectContaining({ name: 'SettingError', message: expect.stringMatching(/NODE_|command line/) }),
  );
});

it.each([
  [{}, []],
  [{ NODE_TLS_REJECT_UNAUTHORIZED: '1', NODE_OPTIONS: '' }, []],
  [{ NODE_OPTIONS: '--max-old-space-size=512 --enable-source-maps', NODE_EXTRA_CA_CERTS: '/ca.pem' }, ['--expose-gc']],
  [{}, ['--use-system-ca']],
])('starts with %o and the flags %o', (environment, flags) => {
  expect(() => refuseWeakenedNode(environment, flags)).not.toThrow();
});

it('is asked at every start', () => {
  expect(() => wireService({ NODE_TLS_REJECT_UNAUTHORIZED: '0' })).toThrow('NODE_TLS_REJECT_UNAUTHORIZED');
});

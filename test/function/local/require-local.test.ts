import { expect, it } from 'vitest';
import { requireLocal } from '../../../function/local/require-local.ts';
import { serviceErrorOf } from '../../helpers/service-error.ts';

const host = 'localhost:8080';

it.each([
  [{ host }],
  [{ host: 'LOCALHOST' }],
  [{ host: '127.0.0.1:8080' }],
  [{ host: '127.1.2.3' }],
  [{ host: '[::1]:8080' }],
  [{}],
  [{ host, origin: 'http://localhost:3000' }],
  [{ host, origin: 'https://127.0.0.1' }],
  [{ host, origin: 'http://[::1]:8080' }],
])('lets in %o', (headers) => {
  expect(() => requireLocal({ url: '/predict', headers })).not.toThrow();
});

it.each([
  [{ host: 'evil.example' }],
  [{ host: 'evil.example:8080' }],
  [{ host: 'localhost.evil.example' }],
  [{ host: 'evil.localhost' }],
  [{ host: 'localhost@evil.example' }],
  [{ host: '0.0.0.0:8080' }],
  [{ host: '192.168.1.2:8080' }],
  [{ host: '' }],
  [{ host, origin: 'https://evil.example' }],
  [{ host, origin: 'http://localhost.evil.example' }],
  [{ host, origin: 'http://127.0.0.1.evil.example' }],
  [{ host, origin: 'null' }],
  [{ host, origin: 'file://' }],
])('keeps out %o', async (headers) => {
  const error = await serviceErrorOf(() => requireLocal({ url: '/predict', headers }));

  expect(error).toMatchObject({ code: 'url_not_allowed', hint: expect.stringContaining('CORS_ORIGINS') });
});

it('believes an absolute target before the header', async () => {
  const error = await serviceErrorOf(() => requireLocal({ url: 'http://evil.example/predict', headers: { host } }));

  expect(error.message).toContain('evil.example');
});

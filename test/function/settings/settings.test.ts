import { expect, it } from 'vitest';
import { SettingError } from '../../../function/settings/setting-error.ts';
import { readSettings } from '../../../function/settings/settings.ts';

it('has a default for everything', () => {
  expect(readSettings({})).toMatchObject({ modelDirectory: undefined, corsOrigins: ['*'], apiSecret: undefined });
  expect(readSettings({ MODEL_DIRECTORY: '', CORS_ORIGINS: '', API_SECRET: '' })).toEqual(readSettings({}));
});

it('reads a list of origins', () => {
  const { corsOrigins } = readSettings({ CORS_ORIGINS: 'https://shop.example, http://localhost:3000' });

  expect(corsOrigins).toEqual(['https://shop.example', 'http://localhost:3000']);
});

it.each([
  'https://shop.example/',
  'https://shop.example/page',
  'shop.example',
  'https://Shop.example',
  'https://a,',
  '*,https://a',
  'null',
])('refuses the origin list "%s", which would match no browser', (value) => {
  expect(() => readSettings({ CORS_ORIGINS: value })).toThrow(`CORS_ORIGINS is ${JSON.stringify(value)}`);
});

it.each([
  'short',
  'with a space in it',
  'with-ümlaut-in-it',
])('refuses the secret "%s" without showing it', (secret) => {
  expect(() => readSettings({ API_SECRET: secret })).toThrow(SettingError);
  expect(() => readSettings({ API_SECRET: secret })).not.toThrow(secret);
});

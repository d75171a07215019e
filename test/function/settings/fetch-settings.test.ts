import { describe, expect, it } from 'vitest';
import { readSettings } from '../../../function/settings/settings.ts';

describe('what the environment says of fetching', () => {
  it('is every public host and no bucket when nothing is set', () => {
    expect(readSettings({})).toMatchObject({
      photoUrl: true,
      photoUrlAllowedHosts: [],
      photoUrlUserAgent: 'lambda-lens',
      photoBuckets: [],
    });
  });

  it('is read from each variable', () => {
    const settings = readSettings({
      PHOTO_URL: ' off ',
      PHOTO_URL_ALLOWED_HOSTS: '[::1]:8080, a.example, localhost:8080,8.8.8.8,bücher.example',
      PHOTO_URL_USER_AGENT: 'shop/1 (me@example.org)',
      PHOTO_BUCKETS: 'one,two/photos/',
    });

    expect(settings).toMatchObject({
      photoUrl: false,
      photoUrlAllowedHosts: ['[::1]:8080', 'a.example', 'localhost:8080', '8.8.8.8', 'bücher.example'],
      photoUrlUserAgent: 'shop/1 (me@example.org)',
      photoBuckets: ['one', 'two/photos/'],
    });
  });

  it.each([
    ['PHOTO_URL', 'no'],
    ['PHOTO_URL', ' '],
    ['PHOTO_URL_ALLOWED_HOSTS', ','],
    ['PHOTO_URL_ALLOWED_HOSTS', ' '],
    ['PHOTO_URL_ALLOWED_HOSTS', 'a.example,'],
    ['PHOTO_URL_ALLOWED_HOSTS', 'https://a.example'],
    ['PHOTO_URL_ALLOWED_HOSTS', 'localhost'],
    ['PHOTO_URL_ALLOWED_HOSTS', 'a.example:0'],
    ['PHOTO_URL_ALLOWED_HOSTS', '256.1.1.1'],
    ['PHOTO_BUCKETS', 'one,,two'],
    ['PHOTO_BUCKETS', 'one..two'],
    ['PHOTO_BUCKETS', 'photos/*'],
    ['PHOTO_URL_USER_AGENT', 'two\r\nlines: 1'],
  ])('refuses %s=%j by name', (name, value) => {
    expect(() => readSettings({ [name]: value })).toThrow(`${name} is ${JSON.stringify(value)}`);
  });
});

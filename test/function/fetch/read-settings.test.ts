import { describe, expect, it } from 'vitest';
import { readFetchSettings } from '../../../function/fetch/read-settings.ts';

describe('readFetchSettings', () => {
  it('fetches from every public host and from no bucket when nothing is set', () => {
    expect(readFetchSettings({})).toEqual({
      enabled: true,
      allowedHosts: [],
      userAgent: 'lambda-lens',
      allowedBuckets: [],
    });
  });

  it('reads each variable', () => {
    const environment = {
      PHOTO_URL: 'off',
      PHOTO_URL_ALLOWED_HOSTS: 'a.example, localhost:8080',
      PHOTO_URL_USER_AGENT: 'shop/1 (me@example.org)',
      PHOTO_BUCKETS: 'one,two/photos/',
    };
    expect(readFetchSettings(environment)).toEqual({
      enabled: false,
      allowedHosts: ['a.example', 'localhost:8080'],
      userAgent: 'shop/1 (me@example.org)',
      allowedBuckets: ['one', 'two/photos/'],
    });
  });

  it.each([
    ['PHOTO_URL', 'no'],
    ['PHOTO_URL_ALLOWED_HOSTS', ','],
    ['PHOTO_URL_ALLOWED_HOSTS', 'a.example,'],
    ['PHOTO_BUCKETS', 'one,,two'],
    ['PHOTO_URL_USER_AGENT', 'two\r\nlines: 1'],
  ])('refuses %s=%j by name', (name, value) => {
    expect(() => readFetchSettings({ [name]: value })).toThrow(name);
  });
});

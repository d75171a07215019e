import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { digestOfIds, identify } from '../../../function/batch/record-photo.ts';

const photo = { bucket: 'shop', key: 'new/coat.jpg', etag: '5d41402abc4b2a76b9719d911017c592' };

describe('the id of a photo', () => {
  it('is what the documentation computes', () => {
    const words = ['shop', 'new/coat.jpg', photo.etag, '0123456789ab'].join('\\n');
    const sum = execFileSync('sh', ['-c', `printf '${words}' | sha256sum`], { encoding: 'utf8' });

    expect(identify(photo, '0123456789ab')).toBe(sum.slice(0, 64));
  });

  it('is by the version where one is named', () => {
    const version = { ...photo, version: 'v1' };

    expect(identify(version, 'm')).toBe(identify({ ...version, etag: 'other' }, 'm'));
    expect(identify(version, 'm')).not.toBe(identify(photo, 'm'));
  });

  it.each([
    ['bucket', { ...photo, bucket: 'other' }, 'm'],
    ['key', { ...photo, key: 'other' }, 'm'],
    ['ETag', { ...photo, etag: 'other' }, 'm'],
    ['model', photo, 'n'],
  ])('is another with another %s', (_what, other, model) => {
    expect(identify(other, model)).not.toBe(identify(photo, 'm'));
  });
});

it('names a file by its ids in any order', () => {
  expect(digestOfIds(['b', 'a'])).toBe(digestOfIds(['a', 'b']));
  expect(digestOfIds(['a'])).not.toBe(digestOfIds(['a', 'b']));
});

import { describe, expect, it } from 'vitest';
import { checkS3Location, parseAllowedBuckets, parseS3Location } from '../../../function/fetch/s3-location.ts';

describe('parseS3Location', () => {
  it.each([
    ['s3://photos/a.jpg', 'photos', 'a.jpg'],
    ['s3://my.photos-2/2026/a b+c%20d?e#f.jpg', 'my.photos-2', '2026/a b+c%20d?e#f.jpg'],
    ['s3://photos//a', 'photos', '/a'],
    ['s3://photos/a//b/', 'photos', 'a//b/'],
    ['s3://photos/..a/b..', 'photos', '..a/b..'],
    ['s3://photos/%2e%2e/a', 'photos', '%2e%2e/a'],
    ['s3://photos/été/日本.jpg', 'photos', 'été/日本.jpg'],
    [`s3://photos/${'é'.repeat(512)}`, 'photos', 'é'.repeat(512)],
  ])('reads %s as it stands', (text, bucket, key) => {
    expect(parseS3Location(text)).toEqual({ bucket, key });
  });

  it.each([
    'https://photos.s3.amazonaws.com/a.jpg',
    'S3://photos/a.jpg',
    's3:/photos/a.jpg',
    's3://photos',
    's3://photos/',
    's3:///a.jpg',
    's3://ph/a.jpg',
    's3://Photos/a.jpg',
    's3://photos..x/a.jpg',
    's3://photos:80/a.jpg',
    's3://user@photos/a.jpg',
    's3://photos?/a.jpg',
    's3://arn:aws:s3:::photos/a.jpg',
    's3://photos/../other/a.jpg',
    's3://photos/./a.jpg',
    's3://photos/a/..',
    `s3://photos/${'a'.repeat(1_025)}`,
    's3://photos/\ud800.jpg',
  ])('refuses %j', (text) => {
    expect(() => parseS3Location(text)).toThrow(expect.objectContaining({ code: 'url_not_allowed' }));
  });
});

describe('parseAllowedBuckets', () => {
  it.each([
    ['photos', 'photos', ''],
    ['photos/', 'photos', ''],
    ['photos/public/', 'photos', 'public/'],
    ['photos/pre', 'photos', 'pre'],
  ])('reads %s', (entry, bucket, key) => {
    expect(parseAllowedBuckets([entry])).toEqual([{ bucket, key }]);
  });

  it.each([
    's3://photos',
    'Photos',
    '*',
    'photos/*',
    'photos/a?',
    'photos/a$b',
    'photos/../x',
    '',
  ])('refuses %j', (entry) => {
    expect(() => parseAllowedBuckets([entry])).toThrow(expect.objectContaining({ name: 'SettingError' }));
  });
});

describe('checkS3Location', () => {
  const allowed = parseAllowedBuckets(['whole', 'photos/public/', 'photos/pre']);

  it.each([
    's3://whole/any/thing',
    's3://photos/public/a',
    's3://photos/pre',
    's3://photos/pre/a',
    's3://photos/prefix',
  ])('allows %s', (text) => {
    expect(() => checkS3Location(parseS3Location(text), allowed)).not.toThrow();
  });

  it.each([
    's3://photos/public',
    's3://photos/publicity/a',
    's3://photos/Public/a',
    's3://photos//public/a',
    's3://photos/%70ublic/a',
    's3://photos/private/public/a',
    's3://whole2/a',
    's3://who/a',
  ])('refuses %s', (text) => {
    expect(() => checkS3Location(parseS3Location(text), allowed)).toThrow('not among those allowed');
  });

  it('refuses everything when no bucket is allowed', () => {
    expect(() => checkS3Location(parseS3Location('s3://photos/a'), [])).toThrow('reads no S3 bucket');
  });
});

import { expect, it } from 'vitest';
import { meantBy } from '../../facts/meant-by.ts';

it.each([
  ['MAXIMUM_BODY_SIZE_IN_BYTES', '5MB', '5000000'],
  ['MAXIMUM_BODY_SIZE_IN_BYTES', '5 MiB', '5242880'],
  ['MAXIMUM_BODY_SIZE_IN_BYTES', '4.5mb', '4500000'],
  ['MAXIMUM_PIXELS', '50_000_000', '50000000'],
  ['MAXIMUM_PIXELS', '50,000,000', '50000000'],
  ['MAXIMUM_PIXELS', '5e7', '50000000'],
  ['MAXIMUM_PIXELS', '24 megapixels', '24000000'],
  ['FETCH_TIMEOUT_IN_MILLISECONDS', '8s', '8000'],
  ['FETCH_TIMEOUT_IN_MILLISECONDS', ' 8000 ms ', '8000'],
  ['PORT', 'tcp://10.0.0.1:8080', '8080'],
  ['PORT', '8080/tcp', '8080'],
  ['PORT', 'localhost:8080', '8080'],
  ['HOST', 'http://localhost:8080', 'localhost; the port is PORT=8080'],
  ['HOST', '[::1]', '::1'],
  ['PHOTO_URL_ALLOWED_HOSTS', 'https://a.example/photos', 'a.example'],
  ['PHOTO_URL_ALLOWED_HOSTS', 'a.example/photos', 'a.example'],
  ['PHOTO_URL_ALLOWED_HOSTS', '10.0.0.1', '10.0.0.1:8080'],
  ['PHOTO_URL_ALLOWED_HOSTS', 'a.example,localhost', 'localhost:8080'],
  ['PHOTO_URL_ALLOWED_HOSTS', '::1', '[::1]:8080'],
  ['PHOTO_URL_ALLOWED_HOSTS', '*', '*.example.com'],
  ['PHOTO_URL_ALLOWED_HOSTS', ' ', 'PHOTO_URL=off'],
  ['PHOTO_URL_ALLOWED_HOSTS', 'a.example,', 'comma'],
  ['PHOTO_BUCKETS', 's3://bucket/photos/', 'bucket/photos/'],
  ['PHOTO_BUCKETS', 'arn:aws:s3:::bucket/*', 'bucket/'],
  ['PHOTO_BUCKETS', 'bucket/*', 'bucket/'],
  ['PHOTO_BUCKETS', 'a,,b', 'comma'],
  ['CORS_ORIGINS', 'shop.example', 'https://shop.example'],
  ['CORS_ORIGINS', 'https://Shop.example/page', 'https://shop.example'],
  ['CORS_ORIGINS', '*,https://a.example', '*'],
  ['API_SECRET', '  ', 'default'],
])('for %s=%j tells what to write', (variable, text, meant) => {
  expect(meantBy(variable, text)).toContain(meant);
});

it.each([
  ['MAXIMUM_PIXELS', 'many'],
  ['MAXIMUM_PIXELS', '-1'],
  ['MAXIMUM_PIXELS', '999999999999999999999'],
  ['MAXIMUM_PIXELS', '600000000'],
  ['PORT', '99999'],
  ['PORT', 'http'],
  ['HOST', 'localhost'],
  ['PHOTO_URL_ALLOWED_HOSTS', 'a b'],
  ['PHOTO_BUCKETS', 'UPPER'],
  ['CORS_ORIGINS', 'null\u0000'],
])('for %s=%j says nothing that it does not know', (variable, text) => {
  expect(meantBy(variable, text) ?? '').not.toMatch(/NaN|undefined/);
});

import { expect, it } from 'vitest';
import { objectUrl } from '../../../function/s3/object-url.ts';

it.each([
  ['photos', 'a.jpg', 'eu-west-1', undefined, 'https://photos.s3.eu-west-1.amazonaws.com/a.jpg'],
  ['my.photos', 'a.jpg', 'us-east-1', undefined, 'https://s3.us-east-1.amazonaws.com/my.photos/a.jpg'],
  ['photos', 'a.jpg', 'cn-north-1', undefined, 'https://photos.s3.cn-north-1.amazonaws.com.cn/a.jpg'],
  ['photos', 'a.jpg', 'us-east-1', 'http://localhost:9000', 'http://localhost:9000/photos/a.jpg'],
  ['photos', 'a.jpg', 'us-east-1', 'http://localhost:9000/base/', 'http://localhost:9000/base/photos/a.jpg'],
  ['photos', '/a//b', 'eu-west-1', undefined, 'https://photos.s3.eu-west-1.amazonaws.com//a//b'],
  ['photos', '%2e%2e/a', 'eu-west-1', undefined, 'https://photos.s3.eu-west-1.amazonaws.com/%252e%252e/a'],
  [
    'photos',
    "é +?#&=%!'()*\\",
    'eu-west-1',
    undefined,
    'https://photos.s3.eu-west-1.amazonaws.com/%C3%A9%20%2B%3F%23%26%3D%25%21%27%28%29%2A%5C',
  ],
])('addresses %s, %s in %s with endpoint %s', (bucket, key, region, endpoint, expected) => {
  const url = objectUrl({ bucket, key }, region, endpoint === undefined ? undefined : new URL(endpoint));

  expect(url.href).toBe(expected);
});

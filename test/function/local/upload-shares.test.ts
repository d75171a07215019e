import { expect, it } from 'vitest';
import { createUploadShares } from '../../../function/local/upload-shares.ts';

const limits = { maximumUploadsInBytes: 100, maximumUploadsPerAddressInBytes: 60 };

it('lets one address hold its share, and no byte more', () => {
  const { open } = createUploadShares(limits);
  const one = open('a');
  const other = open('a');
  one.hold(40);
  other.hold(20);

  expect(() => open('a').hold(1)).toThrow(expect.objectContaining({ code: 'busy', status: 503 }));
  expect(() => one.hold(41)).toThrow('one address');
  expect(() => open('b').hold(40)).not.toThrow();
});

it('lets all together hold what there is, and no byte more', () => {
  const { open } = createUploadShares(limits);
  open('a').hold(60);
  open('b').hold(40);

  expect(() => open('c').hold(1)).toThrow('The service holds');
});

it('gives back what was held, once', () => {
  const { open } = createUploadShares(limits);
  const one = open('a');
  one.hold(20);
  one.hold(60);
  one.release();
  one.release();
  open('a').hold(60);

  expect(() => open('a').hold(1)).toThrow('one address');
  expect(() => open('b').hold(41)).toThrow('The service holds');
});

import { expect, it } from 'vitest';
import { baselineOfNothing } from '../../../bench/costly/costly-jpegs.ts';
import { decodeJpeg } from '../../../photo/jpeg/decode-jpeg.ts';
import { encodeJpeg, progressiveScans } from './encoder/encode-jpeg.ts';
import { sampling } from './encoder/sampling.ts';

const options = { width: 37, height: 29, sampling: sampling('2x2,1x1,1x1') };
const baseline = encodeJpeg(options);
const progressive = encodeJpeg({ ...options, scans: progressiveScans(3) });
const fourComponents = sampling('1x1,1x1,1x1,1x1');
const adobeYcck = [...Buffer.from('Adobe\0d\0\0\0\0\x02', 'latin1')];
const lending = { mayLend: true };

it.each([
  ['baseline', baseline],
  ['progressive', progressive],
  ['of several scans', encodeJpeg({ ...options, scans: [{ components: [0] }, { components: [1, 2] }] })],
  ['grey', encodeJpeg({ ...options, sampling: sampling('1x1') })],
  ['CMYK', encodeJpeg({ ...options, sampling: fourComponents })],
  ['YCCK', encodeJpeg({ ...options, sampling: fourComponents, segments: [0xff, 0xee, 0, 14, ...adobeYcck] })],
])('a JPEG %s has the same pixels where they may be lent', (_, jpeg) => {
  const { release, ...own } = decodeJpeg(jpeg);

  const lent = decodeJpeg(jpeg, lending);

  expect(release).toBeUndefined();
  expect({ ...lent, release: undefined }).toEqual(own);
  lent.release?.();
});

it('lent pixels stay as they are until they are released, whatever else is decoded', () => {
  const first = decodeJpeg(baseline, lending);
  const pixels = Uint8Array.from(first.data);

  const second = decodeJpeg(encodeJpeg({ ...options, sampleAt: () => 9 }), lending);
  decodeJpeg(progressive);

  expect(first.data).toEqual(pixels);
  expect(second.data).not.toEqual(pixels);
  first.release?.();
  second.release?.();
});

it('released memory goes to the next decode, once however often it is said, and also after damage', () => {
  const first = decodeJpeg(baseline, lending);
  first.release?.();
  first.release?.();

  expect(() => decodeJpeg(baseline.subarray(0, -40), lending)).toThrow();
  const [next, other] = [decodeJpeg(progressive, lending), decodeJpeg(progressive, lending)];

  expect(next.data.buffer).toBe(first.data.buffer);
  expect(other.data.buffer).not.toBe(first.data.buffer);
  next.release?.();
  other.release?.();
});

it('a picture of more than 12 MB is never lent', () => {
  const decoded = decodeJpeg(baselineOfNothing({ width: 2_001, height: 2_000, components: 1 }), lending);

  expect(decoded.release).toBeUndefined();
  expect(decoded.data.buffer.byteLength).toBe(3 * 2_001 * 2_000);
});

import { expect, it } from 'vitest';
import { hasLostLineBreaks } from '../../../function/source/lost-line-breaks.ts';
import { drawnJpeg } from '../../helpers/drawn-jpeg.ts';

/** As curl's -d does with a file. */
const strip = (bytes: Uint8Array) => bytes.filter((byte) => byte !== 0 && byte !== 0x0a && byte !== 0x0d);

it('sees that a photo has come by curl -d', () => {
  expect(hasLostLineBreaks(strip(drawnJpeg(400, 300)))).toBe(true);
});

it('takes a large picture whose bytes hold no line break by chance', () => {
  // The header of a JPEG, then what a picture of one colour repeats.
  const oneColour = new Uint8Array(200_000).fill(0x28);
  oneColour.set([0xff, 0xd8, 0xff, 0xe0, 0, 0x10]);

  expect(hasLostLineBreaks(oneColour)).toBe(false);
});

it.each([0, 0x0a, 0x0d])('takes a photo with as much as one byte %i', (byte) => {
  expect(hasLostLineBreaks(Uint8Array.of(0xff, 0xd8, 0xff, byte))).toBe(false);
});

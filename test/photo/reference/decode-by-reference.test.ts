import { describe, expect, it } from 'vitest';
import { decodePhoto } from '../../../photo/decode-photo.ts';
import { decodeByReference } from '../../../photo/reference/decode-by-reference.ts';
import { encodeReferencePhotos } from '../../function/reference/encode-reference-photos.ts';
import { encodePng } from '../../helpers/png-file.ts';

const options = { maximumPixels: 1_000_000 };
const photos = encodeReferencePhotos();

/** Of a sample; pixels whose colour is shared differ by how it is spread, all others by rounding. */
const tolerances = [
  ['baseline.jpg', 12],
  ['progressive.jpg', 20],
  ['grey.jpg', 1],
  ['cmyk.jpg', 1],
  ['rgb.png', 0],
  ['palette.png', 0],
] as const;

describe('decodeByReference', () => {
  it.each(tolerances)('sees in %s what the own decoder sees, within %i of 255', async (name, tolerance) => {
    const own = await decodePhoto(photos[name], options);

    const { pixels, photo } = await decodeByReference(photos[name], options);

    expect(photo).toEqual({ ...own.photo, decoder: 'reference' });
    expect([pixels.width, pixels.height, pixels.data.length]).toEqual([192, 256, own.pixels.data.length]);
    const differences = pixels.data.map((value, at) => Math.abs(value - (own.pixels.data[at] as number)));
    expect(differences.reduce((most, difference) => Math.max(most, difference), 0)).toBeLessThanOrEqual(tolerance);
  });

  it('lays what is transparent on white, as the own decoder does', async () => {
    const samples = (x: number, y: number) => [x * 60, y * 60, 200, x * y * 20];
    const png = encodePng({ width: 4, height: 4, depth: 8, colourType: 6, samples });

    const { pixels } = await decodeByReference(png, options);

    expect([...pixels.data]).toEqual([...(await decodePhoto(png, options)).pixels.data]);
  });

  it.each([
    'baseline.jpg',
    'rgb.png',
  ] as const)('refuses %s by its header where it has too many pixels', async (name) => {
    await expect(decodeByReference(photos[name], { maximumPixels: 49_151 })).rejects.toMatchObject({
      kind: 'too-large',
    });
  });

  it.each(['baseline.jpg', 'rgb.png'] as const)('refuses %s cut short', async (name) => {
    const cut = photos[name].subarray(0, photos[name].length / 2);

    await expect(decodeByReference(cut, options)).rejects.toMatchObject({ kind: 'corrupt' });
  });

  it('refuses what is no photo', async () => {
    await expect(decodeByReference(Buffer.from('GIF89a and more'), options)).rejects.toMatchObject({
      kind: 'unsupported',
    });
  });
});

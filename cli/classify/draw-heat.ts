import { readFile } from 'node:fs/promises';
import { PNG } from 'pngjs';
import type { CardInput } from '../../model/card/card.ts';
import type { Explanation } from '../../model/classification.ts';
import { drawExplanation } from '../../model/explanation/draw-explanation.ts';
import { placePhoto } from '../../model/fit/placement.ts';
import { toColourRaster } from '../../model/fit/raster.ts';
import { resizeAntialias } from '../../model/fit/resize-antialias.ts';
import { decodePhoto } from '../../photo/decode-photo.ts';
import type { RgbPixels } from '../../photo/pixels/pixels.ts';

const longestSideInPixels = 1_024;
// As for every photo on one's own disk: only what memory allows is refused.
const maximumPixels = 100_000_000;

/** A PNG of the part of the photo that the model saw, at most 1,024 pixels long, under the heat of the explanation. */
export async function drawHeat(file: string, explanation: Explanation, input: CardInput): Promise<Buffer> {
  const { pixels } = await decodePhoto(await readFile(file), { maximumPixels });
  const { width, height, data } = drawExplanation(showToModel(pixels, input), explanation);
  const png = new PNG({ width, height });
  png.data.fill(255);
  for (let pixel = 0; pixel < width * height; pixel++) png.data.set(data.subarray(pixel * 3, pixel * 3 + 3), pixel * 4);
  return PNG.sync.write(png, { colorType: 2 });
}

/** Cropped or padded as the model's fit does, in the photo's own proportions. */
function showToModel(pixels: RgbPixels, input: CardInput): RgbPixels {
  const { x, y } = placePhoto(pixels, input, input.fit);
  const scale = Math.min(1, longestSideInPixels / Math.max(x.size, y.size));
  const [width, height] = [x.size, y.size].map((size) => Math.max(1, Math.round(size * scale))) as [number, number];
  const resized = resizeAntialias(toColourRaster(pixels), { ...x, targetSize: width }, { ...y, targetSize: height });
  return { width, height, data: resized };
}

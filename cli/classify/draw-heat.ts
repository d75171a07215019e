import { PNG } from 'pngjs';
import type { CardInput } from '../../model/card/card.ts';
import type { Explanation } from '../../model/classification.ts';
import { drawExplanation } from '../../model/explanation/draw-explanation.ts';
import { showAsFitted } from '../../model/explanation/show-as-fitted.ts';
import { decodePhoto } from '../../photo/decode-photo.ts';

const longestSideInPixels = 1_024;
// As for every photo on one's own disk: only what memory allows is refused.
const maximumPixels = 100_000_000;

/** A PNG of the part of the photo that the model saw, at most 1,024 pixels long, under the heat of the explanation. */
export async function drawHeat(bytes: Uint8Array, explanation: Explanation, input: CardInput): Promise<Buffer> {
  const { pixels } = await decodePhoto(bytes, { maximumPixels });
  const { width, height, data } = drawExplanation(showAsFitted(pixels, input, longestSideInPixels), explanation);
  const png = new PNG({ width, height });
  png.data.fill(255);
  for (let pixel = 0; pixel < width * height; pixel++) png.data.set(data.subarray(pixel * 3, pixel * 3 + 3), pixel * 4);
  return PNG.sync.write(png, { colorType: 2 });
}

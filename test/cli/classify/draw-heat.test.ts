import { PNG } from 'pngjs';
import { expect, it } from 'vitest';
import { drawHeat } from '../../../cli/classify/draw-heat.ts';
import type { Explanation } from '../../../model/classification.ts';
import { drawExplanation } from '../../../model/explanation/draw-explanation.ts';
import { matrix } from '../../helpers/matrix.ts';
import { tinyCard } from '../../helpers/tiny-model.ts';

const explanation = { grid: matrix('1 0, 0 0.5') } as unknown as Explanation;

/** A PNG whose every pixel has a colour of its own. */
function drawPhoto(width: number, height: number) {
  const data = Uint8Array.from({ length: width * height * 3 }, (_, at) => (at * 29) % 251);
  const png = new PNG({ width, height });
  for (let at = 0; at < width * height; at++) png.data.set([...data.subarray(at * 3, at * 3 + 3), 255], at * 4);
  return { bytes: PNG.sync.write(png, { colorType: 2 }), pixels: { width, height, data } };
}

it('draws the photo under its heat, each pixel in its place', async () => {
  const { bytes, pixels } = drawPhoto(5, 3);

  const drawn = PNG.sync.read(await drawHeat(bytes, explanation, tinyCard.input));

  const colours = Array.from({ length: 15 }, (_, at) => [...drawn.data.subarray(at * 4, at * 4 + 3)]).flat();
  expect({ width: drawn.width, height: drawn.height, data: Uint8Array.from(colours) }).toEqual(
    drawExplanation(pixels, explanation),
  );
});

it('draws it no longer than 1,024 pixels, in its own proportions', async () => {
  const { bytes } = drawPhoto(1_030, 10);

  const { width, height } = PNG.sync.read(await drawHeat(bytes, explanation, tinyCard.input));

  expect([width, height]).toEqual([1_024, 10]);
});

import type { RgbPixels } from '../../photo/pixels/pixels.ts';

export type Colour = readonly [red: number, green: number, blue: number];

/** A picture of four colours: red, green above blue, yellow. Every turn and mirror of it looks different. */
export const quadrantColours: readonly Colour[] = [
  [220, 30, 40],
  [40, 200, 60],
  [30, 60, 210],
  [230, 220, 50],
];

export function drawQuadrants(width: number, height: number): RgbPixels {
  const data = new Uint8Array(3 * width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const quadrant = (2 * y >= height ? 2 : 0) + (2 * x >= width ? 1 : 0);
      data.set(quadrantColours[quadrant] as Colour, 3 * (y * width + x));
    }
  }
  return { width, height, data };
}

/** The mean colour of each quadrant: upper left, upper right, lower left, lower right. */
export function quadrantMeans({ width, height, data, layout }: RgbPixels): Colour[] {
  const { start, stepX, stepY } = layout ?? { start: 0, stepX: 3, stepY: 3 * width };
  const halves = (length: number): [number, number][] => [
    [0, length >> 1],
    [length >> 1, length],
  ];
  return halves(height).flatMap(([top, bottom]) =>
    halves(width).map(([left, right]) => {
      const sums = [0, 0, 0];
      for (let y = top; y < bottom; y++) {
        for (let x = left; x < right; x++) {
          for (const channel of sums.keys()) {
            sums[channel] = (sums[channel] as number) + (data[start + x * stepX + y * stepY + channel] as number);
          }
        }
      }
      const pixels = (bottom - top) * (right - left);
      return sums.map((sum) => sum / pixels) as unknown as Colour;
    }),
  );
}

/** The largest difference of any quadrant's mean, in levels of 255. */
export function farthest(actual: readonly Colour[], expected: readonly Colour[]): number {
  return Math.max(...actual.flat().map((value, i) => Math.abs(value - (expected.flat()[i] as number))));
}

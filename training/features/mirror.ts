import type { RgbPixels } from '../../photo/pixels/pixels.ts';

/** The picture as in a mirror: left is right. */
export function mirror({ width, height, data }: RgbPixels): RgbPixels {
  const turned = new Uint8Array(data.length);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const from = 3 * (row * width + column);
      const to = 3 * (row * width + width - 1 - column);
      turned[to] = data[from] as number;
      turned[to + 1] = data[from + 1] as number;
      turned[to + 2] = data[from + 2] as number;
    }
  }
  return { width, height, data: turned };
}

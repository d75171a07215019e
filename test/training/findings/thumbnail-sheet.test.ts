import jpeg from 'jpeg-js';
import { expect, it } from 'vitest';
import { ThumbnailSheet } from '../../../training/findings/thumbnail-sheet.ts';
import { fillPixels } from '../../helpers/tiny-model.ts';

it('puts thumbnails side by side, sixteen in a row, each where it says, without its neighbours shining through', () => {
  const sheet = new ThumbnailSheet();
  const colours = Array.from({ length: 18 }, (_, index) => [12 * index, 255 - 12 * index, (60 * index) % 256] as const);

  const cells = colours.map((colour, index) => sheet.add(fillPixels(index % 2 === 0 ? 112 : 40, 112, colour)));
  const { width, height, data } = jpeg.decode(sheet.encode() as Uint8Array, { useTArray: true });

  expect([width, height]).toEqual([16 * 112, 2 * 112]);
  expect(cells[17]).toEqual({ left: 112, top: 112, width: 40, height: 112 });

  for (const [index, { left, top, width: wide, height: high }] of cells.entries()) {
    for (const [x, y] of [
      [left, top],
      [left + wide - 1, top + high - 1],
    ] as const) {
      const shown = data.subarray(4 * (y * width + x), 4 * (y * width + x) + 3);
      const off = (colours[index] as readonly number[]).map((value, channel) =>
        Math.abs(value - (shown[channel] ?? 0)),
      );
      expect(Math.max(...off)).toBeLessThan(12);
    }
  }
});

it('is no picture where nothing is on it', () => {
  expect(new ThumbnailSheet().encode()).toBeUndefined();
});

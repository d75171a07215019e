import { expect, it } from 'vitest';
import { collectRows } from '../../../../photo/pixels/row-collector.ts';
import { SquareRows, squareSumsSizeInBytes } from '../../../../photo/pixels/squares/square-rows.ts';
import { PngWorkspace } from '../../../../photo/png/kernels/png-workspace.ts';
import { randomNumbers } from '../../../helpers/random-numbers.ts';

it.each([
  ['whole squares', 12, 8, 4],
  ['squares cut at the right and below', 13, 7, 3],
  ['one square larger than the picture', 5, 4, 9],
  ['a factor of two', 301, 5, 2],
  ['one column', 1, 30, 7],
  ['one row', 700, 1, 16],
])('sums and divides in kernels as the collector does: %s', (_, width, height, factor) => {
  const random = randomNumbers(width);
  const picture = Uint8Array.from({ length: 3 * width * height }, () => Math.floor(random() * 256));
  const sumsAt = Math.ceil((3 * width + 16) / 16) * 16;
  const workspace = new PngWorkspace(sumsAt + squareSumsSizeInBytes(width, factor));
  workspace.bytes.fill(0xee);
  const squares = new SquareRows(workspace, sumsAt, width, height, factor);
  const collector = collectRows(width, height, factor);
  for (let y = 0; y < height; y++) {
    const row = picture.subarray(3 * width * y, 3 * width * (y + 1));
    workspace.bytes.set(row);
    squares.add(0);
    collector.add(row, width, 0, y, 1);
  }

  const pixels = squares.finish();

  workspace.release();
  expect(pixels).toEqual(collector.finish());
});

it('holds the sum of the largest white square', () => {
  const side = 4_104;
  const workspace = new PngWorkspace(3 * side + 32 + squareSumsSizeInBytes(side, side));
  workspace.bytes.fill(255);
  const squares = new SquareRows(workspace, 3 * side + 24, side, side, side);
  for (let y = 0; y < side; y++) squares.add(0);

  const { data } = squares.finish();

  workspace.release();
  expect([...data]).toEqual([255, 255, 255]);
});

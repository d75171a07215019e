import { heatPaint } from '../../facts/heat-colours.ts';
import type { RgbPixels } from '../../photo/pixels/pixels.ts';
import type { Explanation } from '../classification.ts';

/**
 * A photo under the heat of its explanation: blue where nothing speaks for the first label, yellow where most does,
 * smooth between the places of the grid. The grid must be of a model whose fit is `stretch`, or of a photo cropped to
 * what the model saw: it is laid over the whole of `pixels`.
 */
export function drawExplanation(pixels: RgbPixels, { grid }: Pick<Explanation, 'grid'>): RgbPixels {
  const { width, height } = pixels;
  const data = new Uint8Array(pixels.data.length);
  const columns = grid[0]?.length ?? 0;
  for (let y = 0, at = 0; y < height; y++) {
    const row = toGridPosition(y, height, grid.length);
    for (let x = 0; x < width; x++) {
      const heat = heatAt(grid, row, toGridPosition(x, width, columns));
      const { colour, opacity } = heatPaint(heat);
      for (let channel = 0; channel < 3; channel++, at++) {
        const paint = colour[channel] as number;
        data[at] = Math.round((pixels.data[at] as number) * (1 - opacity) + paint * opacity);
      }
    }
  }
  return { width, height, data };
}

/** Where a pixel's centre lies between the centres of the grid's places. */
function toGridPosition(pixel: number, pixels: number, places: number): number {
  return Math.min(Math.max(((pixel + 0.5) / pixels) * places - 0.5, 0), places - 1);
}

function heatAt(grid: Explanation['grid'], row: number, column: number): number {
  const [top, left] = [Math.floor(row), Math.floor(column)];
  const [down, right] = [row - top, column - left];
  const between = (values: readonly number[] | undefined) => {
    const first = values?.[left] ?? 0;
    return first + ((values?.[left + 1] ?? first) - first) * right;
  };
  const above = between(grid[top]);
  return above + (between(grid[top + 1] ?? grid[top]) - above) * down;
}

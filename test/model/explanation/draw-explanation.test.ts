import { describe, expect, it } from 'vitest';
import { heatPaint } from '../../../facts/heat-colours.ts';
import type { Explanation } from '../../../model/classification.ts';
import { drawExplanation } from '../../../model/explanation/draw-explanation.ts';
import { matrix } from '../../helpers/matrix.ts';
import { fillPixels } from '../../helpers/tiny-model.ts';

function explain(grid: number[][]): Pick<Explanation, 'grid'> {
  return { grid };
}

describe('drawExplanation', () => {
  const grey = fillPixels(8, 4, [100, 100, 100]);

  it('paints evidence yellow and the rest blue, and leaves the photo itself alone', () => {
    const heat = drawExplanation(grey, explain([[1, 0]]));

    expect(heat).toMatchObject({ width: 8, height: 4 });
    expect([...heat.data.slice(0, 3)]).toEqual([201, 149, 35]);
    expect([...heat.data.slice(21, 24)]).toEqual([83, 83, 115]);
    expect(grey.data.every((value) => value === 100)).toBe(true);
  });

  it('passes smoothly from place to place', () => {
    const heat = drawExplanation(grey, explain([[1, 0]]));
    const reds = Array.from({ length: 8 }, (_, x) => heat.data[x * 3] ?? 0);

    expect(reds).toEqual(reds.toSorted((one, other) => other - one));
    expect(new Set(reds).size).toBeGreaterThan(4);
  });

  it('draws a photo of one pixel', () => {
    const { data } = drawExplanation(fillPixels(1, 1, [0, 0, 0]), explain(matrix('0 0, 0 0')));

    expect([...data]).toEqual([8, 8, 40]);
  });

  it('mixes the four places around each pixel by how near they are', () => {
    const grid = matrix('1 0 0.5, 0 0.25 1');
    const photo = { width: 6, height: 4, data: Uint8Array.from({ length: 72 }, (_, at) => (at * 37) % 256) };
    const heatAt = (row: number, column: number) => grid[row]?.[column] as number;
    const mix = (one: number, other: number, share: number) => one + (other - one) * share;

    const { data } = drawExplanation(photo, explain(grid));

    for (let y = 0, at = 0; y < 4; y++)
      for (let x = 0; x < 6; x++) {
        const [row, column] = [
          Math.min(Math.max((y + 0.5) / 2 - 0.5, 0), 1),
          Math.min(Math.max((x + 0.5) / 2 - 0.5, 0), 2),
        ];
        const [top, left] = [Math.min(Math.floor(row), 0), Math.min(Math.floor(column), 1)];
        const across = (line: number) => mix(heatAt(line, left), heatAt(line, left + 1), column - left);
        const { colour, opacity } = heatPaint(mix(across(top), across(top + 1), row - top));
        for (const paint of colour) {
          expect(data[at]).toBe(Math.round((photo.data[at] as number) * (1 - opacity) + paint * opacity));
          at++;
        }
      }
  });
});

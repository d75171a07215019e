import { describe, expect, it } from 'vitest';
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
});

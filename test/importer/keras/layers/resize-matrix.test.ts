import { describe, expect, it } from 'vitest';
import { GraphBuilder } from '../../../../importer/graph/graph-builder.ts';
import { type MatrixResize, resizeByMatrix } from '../../../../importer/keras/layers/resize-matrix.ts';

/** How much each of `source` pixels counts for each of `target`: by row, of the vertical matrix that resizing multiplies by. */
function weigh(source: number, target: number, mode: MatrixResize): number[][] {
  const builder = new GraphBuilder();
  const resized = resizeByMatrix(builder, builder.input('x', [1, source, 3, 2]), target, 5, mode);
  expect(resized.shape).toEqual([1, target, 5, 2]);
  const rows = resized.inputs[1]?.inputs[0]?.inputs[0]?.values as Float32Array;
  return Array.from({ length: target }, (_, row) => [...rows.subarray(row * source, (row + 1) * source)]);
}

/** The weights in thousandths. */
const thousandths = (rows: number[][]) => rows.map((row) => row.map((weight) => Math.round(weight * 1000)).join(' '));

const sinc = (x: number) => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x));

describe('resizing by matrices', () => {
  it('takes the four nearest pixels by the cubic, as many of them as there are', () => {
    // Keys's cubic by hand: 0.8672 at a distance of 0.25, 0.2266 at 0.75, -0.0703 at 1.25, -0.0234 at 1.75.
    expect(thousandths(weigh(5, 2, 'bicubic'))).toEqual(['221 847 -69 0 0', '0 0 -69 847 221']);
    expect(thousandths(weigh(3, 6, 'bicubic'))).toEqual([
      '1088 -88 0',
      '810 212 -22',
      '221 847 -69',
      '-69 847 221',
      '-22 212 810',
      '0 -88 1088',
    ]);
  });

  it.each([
    ['lanczos3', 3],
    ['lanczos5', 5],
  ] as const)('weighs by a windowed sinc: %s', (mode, radius) => {
    const [source, target] = [12, 7];

    const rows = weigh(source, target, mode);

    for (const [row, weights] of rows.entries()) {
      const centre = ((row + 0.5) * source) / target - 0.5;
      const plain = weights.map((_, at) => {
        const distance = Math.abs(at - centre);
        return distance < radius ? sinc(distance) * sinc(distance / radius) : 0;
      });
      const sum = plain.reduce((total, weight) => total + weight, 0);
      for (const [at, weight] of weights.entries()) expect(weight).toBeCloseTo((plain[at] as number) / sum, 6);
    }
  });

  it.each<MatrixResize>([
    'bicubic',
    'lanczos3',
    'lanczos5',
  ])('changes nothing where nothing is to change: %s', (mode) => {
    expect(thousandths(weigh(3, 3, mode))).toEqual(['1000 0 0', '0 1000 0', '0 0 1000']);
  });

  it('refuses a size that is out of all proportion', () => {
    expect(() => weigh(3, 2 ** 29, 'bicubic')).toThrow('out of all proportion');
  });
});

import { expect, it } from 'vitest';
import { FeatureMatrix } from '../../../model/calibration/feature-matrix.ts';
import { fitDiscriminant } from '../../../training/head/discriminant.ts';
import { addHeads, standardise } from '../../../training/head/linear-head.ts';
import { matrix as parse } from '../../helpers/matrix.ts';

const rows = parse('0.2 1.1, 0.4 0.9, 1.4 0.3, 1.1 0.1, 0.9 2, 1.2 1.8, 0.5 0.2, 1 1.9, 0.1 1.6');
const labels = [0, 0, 1, 1, 2, 2, 1, 0, 2];
const all = [{ from: 0, to: 9 }];

function toData(values: readonly (readonly number[])[], own: readonly number[], labelCount: number) {
  const matrix = new FeatureMatrix(values.length, values[0]?.length ?? 0, labelCount);
  for (const [index, row] of values.entries()) matrix.row(index).set(row);
  return { matrix, labels: own, labelCount, standardisation: standardise(matrix) };
}

/** Scores of rows less their mean, which no answer depends on. */
function scoresOf(
  { matrix }: ReturnType<typeof toData>,
  { weights, bias }: ReturnType<typeof fitDiscriminant>['head'],
) {
  const scores: number[][] = [];
  matrix.multiply(weights, bias, [{ from: 0, to: matrix.rows }], (_first, values) => {
    for (let at = 0; at < values.length; at += bias.length) {
      const row = [...values.slice(at, at + bias.length)];
      const mean = row.reduce((sum, value) => sum + value, 0) / row.length;
      scores.push(row.map((value) => value - mean));
    }
  });
  return scores;
}

it('scores as the scatter within labels does when it is written down', () => {
  const data = toData(rows, labels, 3);
  // NumPy: the scatter of standardised rows, 30 % of it made a sphere, solved for each label's mean.
  const expected = parse('3.296 -4.7622 1.4661, 2.3101 -2.0335 -0.2767, -1.6252 8.0506 -6.4254');

  const scores = scoresOf(data, fitDiscriminant(data, all, { shrinkage: 0.3 }).head);

  for (const [row, own] of expected.entries()) {
    for (const [label, score] of own.entries()) expect(scores[row]?.[label]).toBeCloseTo(score, 1);
  }
});

it('takes only the rows that it is given, and goes on where an earlier fit ended', () => {
  const data = toData([...rows, [9, 9]], [...labels, 0], 3);
  const first = fitDiscriminant(data, all, { shrinkage: 0.5 });

  data.matrix.row(9).fill(-9);
  const again = fitDiscriminant(data, all, { shrinkage: 0.5 });
  const further = fitDiscriminant(data, all, { shrinkage: 0.5, start: first.point });

  expect(again.head).toEqual(first.head);

  for (const [at, weight] of further.head.weights.entries()) {
    expect(weight).toBeCloseTo(first.head.weights[at] as number, 1);
  }
});

it.each([
  ['rows that are all the same within a label', parse('1 5, 1 5, 3 5, 3 5'), [0, 0, 1, 1], 2],
  ['a label that no row bears', parse('1 5, 2 4, 3 5, 4 4'), [0, 0, 1, 1], 3],
])('bears %s', (_kind, values, own, labelCount) => {
  const data = toData(values, own, labelCount);

  const scores = scoresOf(data, fitDiscriminant(data, [{ from: 0, to: 4 }], { shrinkage: 0.6 }).head);

  expect(scores.map((row) => row.indexOf(Math.max(...row)))).toEqual(own);
});

it('adds heads up, each divided by its temperature', () => {
  const one = { weights: Float32Array.of(2, 4), bias: Float32Array.of(6) };
  const other = { weights: Float32Array.of(1, 0), bias: Float32Array.of(-1) };

  const sum = addHeads([
    { head: one, temperature: 2 },
    { head: other, temperature: 0.5 },
  ]);

  expect(sum).toEqual({ weights: Float32Array.of(3, 2), bias: Float32Array.of(1) });
});

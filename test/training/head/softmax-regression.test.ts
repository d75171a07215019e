import { expect, it } from 'vitest';
import { FeatureMatrix } from '../../../model/calibration/feature-matrix.ts';
import { standardise } from '../../../training/head/linear-head.ts';
import { fitSoftmaxRegression } from '../../../training/head/softmax-regression.ts';
import { matrix as parse } from '../../helpers/matrix.ts';

const rows = parse('0.2 1.1, 0.4 0.9, 1.4 0.3, 1.1 0.1, 0.9 2, 1.2 1.8, 0.5 0.2, 1 1.9, 0.1 1.6');
const labels = [0, 0, 1, 1, 2, 2, 1, 0, 2];

function toData(values: readonly (readonly number[])[], own: readonly number[], labelCount: number) {
  const matrix = new FeatureMatrix(values.length, values[0]?.length ?? 0, labelCount);
  for (const [index, row] of values.entries()) matrix.row(index).set(row);
  return { matrix, labels: own, labelCount, standardisation: standardise(matrix) };
}

it('finds the weights that scikit-learn finds', () => {
  // LogisticRegression(C=1/(0.1·9)) of scikit-learn 1.7 on the same standardised features, its weights turned back.
  const expected = parse('-0.759 0.29366, 0.9728 -1.58264, -0.21381 1.28898').flat();

  const { head } = fitSoftmaxRegression(toData(rows, labels, 3), [{ from: 0, to: 9 }], { penalty: 0.1 });

  for (const [at, weight] of head.weights.entries()) expect(weight).toBeCloseTo(expected[at] as number, 1);
  const mean = head.bias.reduce((sum, bias) => sum + bias, 0) / 3;
  for (const [at, bias] of [0.49283, 0.80229, -1.29512].entries()) {
    expect((head.bias[at] as number) - mean).toBeCloseTo(bias, 1);
  }
});

it('leaves nothing but the shares of the labels where the penalty forbids weights', () => {
  const { head } = fitSoftmaxRegression(toData(rows, [0, 0, 0, 0, 0, 0, 1, 1, 1], 2), [{ from: 0, to: 9 }], {
    penalty: 1e6,
  });

  expect((head.bias[0] as number) - (head.bias[1] as number)).toBeCloseTo(Math.log(2), 2);
});

it('takes only the rows that it is given', () => {
  const data = toData([...rows, [9, 9]], [...labels, 0], 3);
  const without = fitSoftmaxRegression(data, [{ from: 0, to: 9 }], { penalty: 0.1 });

  data.matrix.row(9).fill(-9);
  const again = fitSoftmaxRegression(data, [{ from: 0, to: 9 }], { penalty: 0.1 });

  expect(again.head).toEqual(without.head);
});

it('goes on where an earlier fit ended', () => {
  const data = toData(rows, labels, 3);
  const first = fitSoftmaxRegression(data, [{ from: 0, to: 9 }], { penalty: 0.1 });

  const second = fitSoftmaxRegression(data, [{ from: 0, to: 9 }], { penalty: 0.1, start: first.point });

  for (const [at, weight] of second.head.weights.entries()) {
    expect(weight).toBeCloseTo(first.head.weights[at] as number, 1);
  }
});

it('does not divide by the deviation of a feature that never changes', () => {
  const { deviation, mean } = standardise(toData(parse('1 5, 3 5'), [0, 1], 2).matrix);

  expect([...deviation, ...mean]).toEqual([1, 1, 2, 5]);
});

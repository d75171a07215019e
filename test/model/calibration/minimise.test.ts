import { expect, it } from 'vitest';
import { minimise } from '../../../model/calibration/minimise.ts';

const options = { leastGain: 1e-14, mostSteps: 500 };

it('finds the lowest point of a narrow valley', () => {
  // Σ c·(x − t)², whose curvatures differ ten thousandfold.
  const [curvatures, target] = [
    [1, 100, 10_000],
    [3, -2, 0.5],
  ] as const;
  const evaluate = (point: Float64Array) => ({
    value: point.reduce((sum, x, at) => sum + (curvatures[at] as number) * (x - (target[at] as number)) ** 2, 0),
    gradient: point.map((x, at) => 2 * (curvatures[at] as number) * (x - (target[at] as number))),
  });

  const lowest = minimise(evaluate, new Float64Array(3), options);

  for (const [at, x] of lowest.entries()) expect(x).toBeCloseTo(target[at] as number, 5);
});

it('stays where it is at the lowest point', () => {
  const evaluate = (point: Float64Array) => ({ value: (point[0] as number) ** 2, gradient: point.map((x) => 2 * x) });

  expect([...minimise(evaluate, Float64Array.of(0), options)]).toEqual([0]);
});

it('takes a first step that is too long back', () => {
  // cosh is flat in the middle and steep outside.
  const evaluate = (point: Float64Array) => ({ value: Math.cosh(point[0] as number), gradient: point.map(Math.sinh) });

  expect(minimise(evaluate, Float64Array.of(8), options)[0]).toBeCloseTo(0, 5);
});

import { expect, it } from 'vitest';
import { FeatureMatrix } from '../../../model/calibration/feature-matrix.ts';
import { fitHead, type HeadJob } from '../../../training/head/fit-head.ts';
import { openHeadFitter } from '../../../training/head/head-fitter.ts';
import { standardise } from '../../../training/head/linear-head.ts';
import { randomNumbers } from '../../helpers/random-numbers.ts';

const random = randomNumbers(11);
const rows = 90;
const threads = 2;
const matrix = new FeatureMatrix(rows, 9, 3, { threads: threads + 1 });
const labels = Array.from({ length: rows }, (_, row) => row % 3);
for (const [row, label] of labels.entries()) {
  matrix.row(row).set(Array.from({ length: 9 }, (_, at) => random() + (at === label ? 0.5 : 0)));
}
const data = { matrix, labels, labelCount: 3, standardisation: standardise(matrix) };
const jobs = [0, 20, 40].flatMap((from): HeadJob[] => {
  const ranges = [{ from, to: from + 50 }];
  return [
    { kind: 'discriminant', strength: 0.4, ranges },
    { kind: 'regression', strength: 0.1, ranges },
  ];
});

it('fits heads in threads, several at a time, to the last bit as one after the other', async () => {
  const expected = jobs.map((job) => fitHead(data, job));
  const fitter = openHeadFitter(data, threads, { fewestForThreads: 0 });

  const fitted = await Promise.all(jobs.map((job) => fitter.fit(job)));
  await fitter.close();

  expect(fitted).toEqual(expected);
});

it('passes on what a fit fails with', async () => {
  const fitter = openHeadFitter(data, threads, { fewestForThreads: 0 });

  const failing = fitter.fit({ kind: 'regression', strength: 0.1, ranges: undefined as never });

  await expect(failing).rejects.toThrow(/./);

  await fitter.close();
});

import { expect, it } from 'vitest';
import { FeatureMatrix } from '../../../model/calibration/feature-matrix.ts';
import { standardise } from '../../../training/head/linear-head.ts';
import { openLearner } from '../../../training/threads/learner.ts';
import { doJob, type LearningJob } from '../../../training/threads/learning-job.ts';
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
const vectors = (count: number) => Array.from({ length: count }, () => Float32Array.from({ length: 9 }, random));
const empty = { toFit: vectors(10), toMeasure: vectors(10) };
const jobs = [0, 20, 40].flatMap((from): LearningJob[] => {
  const ranges = [{ from, to: from + 50 }];
  return [
    { kind: 'discriminant', strength: 0.4, ranges },
    { kind: 'regression', strength: 0.1, ranges },
    { kind: 'unfamiliarity', rows: [...labels.keys()].slice(from), others: vectors(9), empty },
  ];
});

it('learns in threads, several jobs at a time, the same to the last bit as one after the other', async () => {
  const expected = jobs.map((job) => doJob(data, job));
  const learner = openLearner(data, threads, { fewestForThreads: 0 });

  const learned = await Promise.all(jobs.map((job) => learner.run(job)));
  await learner.close();

  expect(learned).toEqual(expected);
});

it('passes on what a job fails with', async () => {
  const learner = openLearner(data, threads, { fewestForThreads: 0 });

  const failing = learner.run({ kind: 'regression', strength: 0.1, ranges: undefined as never });

  await expect(failing).rejects.toThrow(/./);

  await learner.close();
});

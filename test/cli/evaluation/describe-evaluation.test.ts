import { describe, expect, it } from 'vitest';
import { describeEvaluation } from '../../../cli/evaluation/describe-evaluation.ts';
import { type Evaluation, evaluateResults } from '../../../cli/evaluation/evaluate-results.ts';
import { toPlainText } from '../../../cli/terminal/styled-text.ts';

const share = (hits: number, photos: number) => {
  return { hits, photos, share: photos === 0 ? Number.NaN : hits / photos, low: 0.25, high: 0.875 };
};

const evaluation: Evaluation = {
  accuracy: share(6, 8),
  labels: [
    { label: 'hat', recall: share(4, 4), precision: share(4, 6) },
    { label: 'trousers', recall: share(1, 3), precision: share(1, 1) },
    { label: 'shoe', recall: share(0, 0), precision: share(0, 1) },
  ],
  confusion: [
    [4, 0, 0],
    [2, 1, 1],
    [0, 0, 0],
  ],
  calibration: { error: 0, errorIfPerfect: { mean: 0, percentile95: 0 }, bins: [] },
  confident: { coverage: share(5, 8), right: share(4, 5) },
  uncalibrated: 0,
  coverage: [],
  worst: [],
};

const linesOf = (changes: Partial<Evaluation> = {}, written: readonly string[] = []) =>
  describeEvaluation({ ...evaluation, ...changes }, written).map(toPlainText);

describe('describeEvaluation', () => {
  it('says how many are right, how many confident, and draws a bar for each label', () => {
    expect(linesOf()).toEqual([
      'Right: 75.0 % (6 of 8 photos). Of other photos like these it would be between 25.0 % and 87.5 %.',
      'Confident: 62.5 % (5 of 8 photos); of these 80.0 % are right (1 wrong).',
      '',
      `  hat       ${'█'.repeat(24)}  4 of 4 right`,
      `  trousers  ${'█'.repeat(8)}${'░'.repeat(16)}  1 of 3 right`,
      '  shoe      no photos',
      '',
      'Nothing was written: --out FOLDER writes a report with pictures, --card the card of the model.',
    ]);
  });

  it.each<[string, Partial<Evaluation>, string]>([
    [
      'that nothing is confident',
      { confident: { coverage: share(0, 8), right: share(0, 0) } },
      'Confident: none of the 8',
    ],
    ['that nobody has calibrated the model', { uncalibrated: 1 }, 'No verdicts: nobody has calibrated'],
    ['what is unfamiliar', { unfamiliar: { ofPhotos: share(1, 8) } }, 'Called unfamiliar: 12.5 % (1 of 8 photos).'],
    [
      'what of other things is',
      { unfamiliar: { ofPhotos: share(1, 8), ofOthers: share(3, 4) } },
      'Of photos of other things, called unfamiliar: 75.0 % (3 of 4 photos).',
    ],
    [
      'that it says one label of all',
      {
        confusion: [
          [0, 4, 0],
          [0, 4, 0],
          [0, 0, 0],
        ],
      },
      'It says "trousers" of every photo.',
    ],
  ])('says %s', (_, changes, line) => {
    expect(linesOf(changes).some((one) => one.includes(line))).toBe(true);
  });

  it('finds nothing strange in one label that is all that is shown', () => {
    const labels = evaluation.labels.slice(0, 1);

    expect(linesOf({ labels, confusion: [[8]] }).join()).not.toContain('of every photo');
  });

  it('names what was written', () => {
    expect(linesOf({}, ['a.md', 'b.csv']).at(-1)).toBe('Written: a.md, b.csv.');
  });
});

const labels = ['hat', 'pants', 'shirt', 'shoes'];

/** What is printed of photos that each are, and are taken for, such as `hat>pants`. */
function printedOf(...photos: readonly string[]): string {
  const evaluation = evaluateResults(
    labels,
    photos.map((words) => {
      const [label = '', predicted = ''] = words.split('>');
      const probabilities = labels.map((name) => (name === predicted ? 0.97 : 0.01));
      return { path: 'a.jpg', label, predicted, probability: 0.97, verdict: 'confident', probabilities };
    }),
    [],
  );
  return describeEvaluation(evaluation, []).map(toPlainText).join('\n');
}

it('says of labels that are each taken for one other that their order is probably wrong', () => {
  const text = printedOf('hat>pants', 'hat>pants', 'hat>hat', 'pants>shirt', 'shirt>shoes', 'shoes>hat');

  expect(text).toContain('Photos of "hat" are mostly called "pants", and those of 3 more labels');
});

it.each([
  ['two are taken for one another', ['hat>pants', 'pants>hat', 'shirt>shirt', 'shoes>shoes']],
  ['no label has most of the photos', ['hat>pants', 'hat>shoes', 'pants>shirt', 'shirt>shoes', 'shoes>shoes']],
  ['several are taken for the same', ['hat>shoes', 'pants>shoes', 'shirt>shoes', 'shoes>shoes']],
  ['most are right', ['hat>hat', 'pants>pants', 'shirt>shirt', 'shoes>shoes']],
])('says nothing of the order where %s', (_case, photos) => {
  expect(printedOf(...photos)).not.toContain('order');
});

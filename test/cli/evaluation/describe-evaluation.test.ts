import { expect, it } from 'vitest';
import { describeEvaluation } from '../../../cli/evaluation/describe-evaluation.ts';
import { evaluateResults } from '../../../cli/evaluation/evaluate-results.ts';
import { toPlainText } from '../../../cli/terminal/styled-text.ts';

const labels = ['hat', 'pants', 'shirt', 'shoes'];

/** What is printed of photos that each are, and are taken for, such as `hat>pants`. */
function describe(...photos: readonly string[]): string {
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
  const text = describe('hat>pants', 'hat>pants', 'hat>hat', 'pants>shirt', 'shirt>shoes', 'shoes>hat');

  expect(text).toContain('Photos of "hat" are mostly called "pants", and those of 3 more labels');
});

it.each([
  ['two are taken for one another', ['hat>pants', 'pants>hat', 'shirt>shirt', 'shoes>shoes']],
  ['no label has most of the photos', ['hat>pants', 'hat>shoes', 'pants>shirt', 'shirt>shoes', 'shoes>shoes']],
  ['several are taken for the same', ['hat>shoes', 'pants>shoes', 'shirt>shoes', 'shoes>shoes']],
  ['most are right', ['hat>hat', 'pants>pants', 'shirt>shirt', 'shoes>shoes']],
])('says nothing of the order where %s', (_case, photos) => {
  expect(describe(...photos)).not.toContain('order');
});

it('says that a model says one label of every photo', () => {
  const text = describe('hat>shoes', 'pants>shoes', 'shoes>shoes');

  expect(text).toContain('It says "shoes" of every photo.');
});

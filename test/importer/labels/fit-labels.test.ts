import { expect, it } from 'vitest';
import { fitLabels } from '../../../importer/labels/fit-labels.ts';

const numbered = (count: number) => Array.from({ length: count }, (_, index) => `label ${index}`);
const hintOf = (labels: number, outputs: number): string => {
  try {
    fitLabels(numbered(labels), outputs);
  } catch (error) {
    return (error as { hint: string }).hint;
  }
  return expect.fail('fits');
};

it.each([
  [3, 3],
  [2, 1],
])('takes %i labels for %i outputs as they are', (count, outputs) => {
  expect(fitLabels(numbered(count), outputs)).toEqual(numbered(count));
});

it.each(['background', '__background__', 'Background'])('leaves a first "%s" out that has no output', (first) => {
  expect(fitLabels([first, ...numbered(1000)], 1000)).toEqual(numbered(1000));
});

it('keeps a background that has an output', () => {
  expect(fitLabels(['background', ...numbered(1000)], 1001)).toHaveLength(1001);
});

it('names the background where a list of ImageNet lacks it', () => {
  expect(hintOf(1000, 1001)).toContain('"background"');
});

it.each([
  [1000, 1002, 'Give 1002 labels'],
  [1001, 1000, 'Give 1000 labels'],
  [999, 1001, 'Give 1001 labels'],
  [3, 1, 'Give 2 labels'],
])('says of %i labels for %i outputs how many it takes', (labels, outputs, hint) => {
  expect(hintOf(labels, outputs)).toContain(hint);
});

import { expect, it } from 'vitest';
import type { FileResult } from '../../../cli/classify/messages.ts';
import { ResultSummary } from '../../../cli/classify/summarise-results.ts';
import { toPlainText } from '../../../cli/terminal/styled-text.ts';

const error: FileResult = {
  file: 'hat.jpg',
  error: { code: 'corrupt_photo', message: 'It is cut.', hint: 'Mend it.' },
};

function answered(verdict: string): FileResult {
  return { file: 'hat.jpg', answer: { verdict } } as FileResult;
}

it.each([
  [[], '0 photos classified; 0 failed; 2.0 s'],
  [[answered('unsure')], '1 photo classified: 1 unsure; 0 failed; 2.0 s, 0.5/s'],
  [[error, error], '0 photos classified; 2 failed; 2.0 s, 1.0/s'],
  [Array<FileResult>(19).fill(error), '0 photos classified; 19 failed; 2.0 s, 9.5/s'],
  [Array<FileResult>(20).fill(error), '0 photos classified; 20 failed; 2.0 s, 10/s'],
  [
    [answered('unfamiliar'), ...Array<FileResult>(29).fill(answered('confident')), error],
    '30 photos classified: 29 confident, 1 unfamiliar; 1 failed; 2.0 s, 16/s',
  ],
])('puts results into one line', (results, line) => {
  const summary = new ResultSummary();
  for (const result of results) summary.add(result);

  expect(toPlainText(summary.describe(2_000))).toBe(line);
});

it('tells seconds and photos a second of any time', () => {
  const summary = new ResultSummary();
  for (let index = 0; index < 9_999; index++) summary.add(answered('confident'));

  expect(toPlainText(summary.describe(1_000_000))).toContain('; 1000.0 s, 10.0/s');
  expect(toPlainText(summary.describe(1_000))).toContain('; 1.0 s, 9999/s');
});

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
  [
    [answered('unfamiliar'), ...Array<FileResult>(29).fill(answered('confident')), error],
    '30 photos classified: 29 confident, 1 unfamiliar; 1 failed; 2.0 s, 16/s',
  ],
])('puts results into one line', (results, line) => {
  const summary = new ResultSummary();
  for (const result of results) summary.add(result);

  expect(toPlainText(summary.describe(2_000))).toBe(line);
});

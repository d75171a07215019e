import { expect, it } from 'vitest';
import type { Answer } from '../../../../facts/answers.ts';
import type { Entry } from '../../../../function/page/client/entry.ts';
import { toCsv, toJson } from '../../../../function/page/client/export.ts';

const answer = {
  label: 'hat',
  probability: 0.75,
  verdict: 'confident',
  predictions: [
    { label: 'hat', probability: 0.75, score: 2 },
    { label: 'shoes', probability: 0.25, score: 1 },
  ],
} as unknown as Answer;
const entries: readonly Entry[] = [
  { name: '=1+1,"x".jpg', answer },
  { name: 'letter.jpg', problem: { message: 'This is a PDF.', hint: 'Send a JPEG.' } },
  { name: 'waiting.jpg' },
];

it('writes a row for each photo, as the command does, no formula among them', () => {
  expect(toCsv(entries, ['shoes', 'hat'])).toBe(
    [
      'file,label,probability,verdict,error,shoes,hat',
      '"\'=1+1,""x"".jpg",hat,0.750000,confident,,0.250000,0.750000',
      'letter.jpg,,,,This is a PDF.,,',
      'waiting.jpg,,,,,,',
      '',
    ].join('\n'),
  );
});

it('leaves the columns of labels out where they are many', () => {
  const labels = Array.from({ length: 1000 }, (_, at) => `label ${at}`);

  expect(toCsv(entries.slice(1, 2), labels)).toBe(
    'file,label,probability,verdict,error\nletter.jpg,,,,This is a PDF.\n',
  );
});

it("writes JSON of the service's own answers, and says what failed", () => {
  const [first, second, third] = JSON.parse(toJson(entries));

  expect(first).toEqual({ file: '=1+1,"x".jpg', ...answer });
  expect(second).toEqual({ file: 'letter.jpg', error: { message: 'This is a PDF.', hint: 'Send a JPEG.' } });
  expect(third).toEqual({ file: 'waiting.jpg', error: 'not answered yet' });
});

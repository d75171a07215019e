import { expect, it } from 'vitest';
import type { EmulatedStart } from '../../bench/start/emulated-start.ts';
import { reportEmulatedStarts } from '../../bench/start/report-emulated-starts.ts';

function startOf(startAndFirst: number): EmulatedStart {
  const timing = (totalMs: number) => ({ sourceMs: 1, decodeMs: 2, fitMs: 3, modelMs: 4, totalMs });
  return { startAndFirst, later: [21, 22, 23], timings: [timing(30), timing(19), timing(20), timing(40)] };
}

const facts = { nameOfBefore: 'before', rounds: '3', processor: 'Processor' };

it('tells the start from the first event by what the function says that this took', () => {
  const report = reportEmulatedStarts([[200, 190, 300].map(startOf)], facts);

  expect(report).toContain(
    '| start and first event | 200.0 |\n| of it the start | 170.0 |\n| of it the first event | 30.0 |',
  );
  expect(report).toContain('| a later event | 20.0 |');
  expect(report).toContain('1.50 times a later one');
});

it('compares two states of the project', () => {
  const report = reportEmulatedStarts([[startOf(400)], [startOf(200)]], facts);

  expect(report).toContain('| ms | before | now | ratio |');
  expect(report).toContain('| start and first event | 400.0 | 200.0 | 0.50 |');
});

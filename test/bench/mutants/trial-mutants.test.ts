import { describe, expect, it } from 'vitest';
import { chooseLines } from '../../../bench/mutants/choose-lines.ts';
import { describeMutants } from '../../../bench/mutants/describe-mutants.ts';
import { randomSource } from '../../../model/calibration/random-source.ts';

describe('chooseLines', () => {
  const source = ['import { a } from "a";', '', '// a comment', 'const b = a + 1;', '}', 'export const c = b;'].join(
    '\n',
  );

  it('takes lines that hold code, in order', () => {
    expect(chooseLines(source, 9, randomSource(1))).toEqual([4, 6]);
  });

  it('takes as many as asked for, the same ones for the same seed', () => {
    const long = 'call();\n'.repeat(100);

    const lines = chooseLines(long, 5, randomSource(3));

    expect(new Set(lines).size).toBe(5);
    expect(lines).toEqual(chooseLines(long, 5, randomSource(3)));
    expect(lines).toEqual([...lines].sort((a, b) => a - b));
  });
});

it('describeMutants shows what no test noticed, and the share of what one did', () => {
  const location = { start: { line: 2, column: 11 }, end: { line: 2, column: 16 } };
  const mutant = (status: string) => ({ status, mutatorName: 'ArithmeticOperator', replacement: 'a - 1', location });
  const source = 'const a = 1;\nconst b = a + 1;\n';
  const statuses = ['Killed', 'Timeout', 'Killed', 'Survived', 'Ignored'];

  const text = describeMutants({ files: { 'b.ts': { source, mutants: statuses.map(mutant) } } });

  expect(text).toBe('b.ts:2:11 Survived a + 1 -> a - 1\n3 of 4 changes were noticed (75.0 %)');
});

import { afterEach, expect, it, vi } from 'vitest';
import { createProgressBar } from '../../../cli/terminal/progress-bar.ts';

const isTerminal = process.stderr.isTTY;
afterEach(() => {
  process.stderr.isTTY = isTerminal;
  vi.restoreAllMocks();
});

/** What is written while the clock stands at these milliseconds, one call for each. */
function draw(isTTY: boolean, calls: readonly (readonly [now: number, done: number])[]): string[] {
  const written: string[] = [];
  process.stderr.isTTY = isTTY;
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    written.push(String(text));
    return true;
  });
  const clock = vi.spyOn(performance, 'now').mockReturnValue(0);
  const show = createProgressBar('Classifying');
  for (const [now, done] of calls) {
    clock.mockReturnValue(now);
    show(done, 10);
  }
  vi.restoreAllMocks();
  return written;
}

it('writes nothing where standard error is no terminal', () => {
  expect(draw(false, [[1_000, 1]])).toEqual([]);
});

it('is drawn at most ten times a second, and taken away at the end', () => {
  const written = draw(true, [
    [100, 1],
    [199, 2],
    [200, 3],
    [250, 10],
  ]);

  expect(written.join('')).toContain('1/10');
  expect(written.join('')).not.toContain('2/10');
  expect(written.join('')).toContain('3/10');
  expect(written).toHaveLength(3);
  expect(written.at(-1)).not.toContain('10/10');
});

it('takes nothing away where nothing was drawn', () => {
  expect(draw(true, [[50, 10]])).toEqual([]);
});

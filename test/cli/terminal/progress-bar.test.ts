import { expect, it } from 'vitest';
import { drawProgress, type Progress } from '../../../cli/terminal/progress-bar.ts';

const progress: Progress = { title: 'Classifying', done: 250, total: 1_000, milliseconds: 10_000 };

it.each([
  [100, '███████░░░░░░░░░░░░░░░░░░░░░░░ Classifying 250/1000  25 %  30 s left  25/s'],
  [60, '███░░░░░░░░░░░░ Classifying 250/1000  25 %  30 s left  25/s'],
  [40, 'Classifying 250/1000  25 %  30 s left'],
  [20, '250/1000  25 %'],
  [8, '25 %'],
])('in %i columns it says what has room', (columns, line) => {
  expect(drawProgress(progress, columns)).toBe(line);
});

it('is never as wide as the terminal, which would break the line', () => {
  const all = { ...progress, title: 'Measuring training photos', total: 1_234_567 };

  for (let columns = 20; columns <= 200; columns++) {
    expect(drawProgress(all, columns).length).toBeLessThan(columns);
  }
});

it.each([
  [0, 'Classifying 0/1000  0 %'],
  [1, 'Classifying 1/1000  0 %  2:46 h left  0.1/s'],
  [100, 'Classifying 100/1000  10 %  1:30 min left  10/s'],
  [999, 'Classifying 999/1000  99 %  1 s left  100/s'],
])('after %i of a thousand in ten seconds it says: %s', (done, facts) => {
  expect(drawProgress({ ...progress, done }, 200)).toMatch(new RegExp(`^[█░]{30} ${facts}$`));
});

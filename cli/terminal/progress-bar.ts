import { redrawLine } from './print.ts';

const widthInCharacters = 30;
const redrawAfterMilliseconds = 100;

/**
 * A bar on a terminal's standard error that is redrawn in place; a function that does nothing where standard error is
 * no terminal, as in a pipe or a log. Call it with `done` = `total` to take the bar away.
 */
export function createProgressBar(title: string): (done: number, total: number) => void {
  if (!process.stderr.isTTY) return () => undefined;
  const startedAt = performance.now();
  let drawnAt = 0;
  return (done, total) => {
    const now = performance.now();
    if (done >= total) {
      if (drawnAt > 0) redrawLine('');
      return;
    }
    if (now - drawnAt < redrawAfterMilliseconds) return;
    drawnAt = now;
    const share = done / total;
    const bar = '█'.repeat(Math.floor(share * widthInCharacters)).padEnd(widthInCharacters, '░');
    const left = done === 0 ? '' : `, ${Math.round(((now - startedAt) * (1 / share - 1)) / 1000)} s left`;
    redrawLine(`${title} ${bar} ${Math.floor(share * 100)} %${left}`);
  };
}

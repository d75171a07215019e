const width = 30;
const redrawAfterMilliseconds = 100;

/**
 * A bar on a terminal's standard error that is redrawn in place; a function that does nothing where standard error is
 * no terminal, as in a pipe or a log. Call it with `done` = `total` to take the bar away.
 */
export function createProgressBar(title: string): (done: number, total: number) => void {
  if (!process.stderr.isTTY) return () => undefined;
  let drawnAt = 0;
  return (done, total) => {
    const now = performance.now();
    if (done >= total) {
      if (drawnAt > 0) process.stderr.write('\r\x1b[K');
      return;
    }
    if (now - drawnAt < redrawAfterMilliseconds) return;
    drawnAt = now;
    const filled = Math.floor((width * done) / total);
    const percent = Math.floor((100 * done) / total);
    process.stderr.write(`\r${title} [${'='.repeat(filled)}${' '.repeat(width - filled)}] ${percent} %`);
  };
}

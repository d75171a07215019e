const leastRuns = 4;
const mostMilliseconds = 2_000;

/**
 * The least time of the processor that each takes, run in turns: four times at least, and more as long as they take two
 * seconds together. Other work on the machine disturbs it less than the clock's time.
 */
export async function leastMilliseconds(runs: readonly (() => unknown)[]): Promise<number[]> {
  const least = runs.map(() => Number.POSITIVE_INFINITY);
  const startedAt = performance.now();
  for (let turn = 0; turn < leastRuns || performance.now() - startedAt < mostMilliseconds; turn++) {
    for (const [at, run] of runs.entries()) {
      const before = process.cpuUsage();
      await run();
      const { user, system } = process.cpuUsage(before);
      least[at] = Math.min(least[at] as number, (user + system) / 1000);
    }
  }
  return least;
}

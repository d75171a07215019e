import { availableParallelism } from 'node:os';
import { expect, it } from 'vitest';
import { countWorkers, memoryShareInMegabytes, thisMachine } from '../../../function/threads/count-workers.ts';

const gigabytes = 1_000_000_000;

// Each is taken to need 300 MB and what decoding may take.
it.each([
  { processors: 1, memory: 8 * gigabytes, workers: 1 },
  { processors: 2, memory: 8 * gigabytes, workers: 2 },
  { processors: 16, memory: 2 * gigabytes, workers: 3 },
  { processors: 8, memory: gigabytes / 4, workers: 1 },
])('takes $workers workers for $processors processors and $memory bytes', ({ processors, memory, workers }) => {
  expect(countWorkers({ processors, memoryInBytes: memory }, 340)).toBe(workers);
});

it('gives each worker an equal share of the memory', () => {
  expect(memoryShareInMegabytes({ processors: 4, memoryInBytes: 2 * gigabytes }, 4)).toBe(500);
});

it('knows the machine that it runs on', () => {
  const { processors, memoryInBytes } = thisMachine();

  expect(processors).toBe(availableParallelism());
  expect(memoryInBytes).toBeGreaterThan(gigabytes / 10);
});

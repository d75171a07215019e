import { availableParallelism, totalmem } from 'node:os';
import { restOfFunctionInMegabytes } from '../settings/limits.ts';

const bytesPerMegabyte = 1_000_000;

export interface Machine {
  readonly processors: number;
  readonly memoryInBytes: number;
}

/** What this process may use: a container's limits where there are some. */
export function thisMachine(): Machine {
  // 0 or more than there is where nothing limits the process.
  const constrained = process.constrainedMemory();
  const total = totalmem();
  return {
    processors: availableParallelism(),
    memoryInBytes: constrained > 0 ? Math.min(constrained, total) : total,
  };
}

/** Of the machine's memory, each worker's share, in MB. */
export function memoryShareInMegabytes({ memoryInBytes }: Machine, workers: number): number {
  return Math.floor(memoryInBytes / bytesPerMegabyte / workers);
}

/**
 * As many workers as there are processors, but no more than can each hold a model and decode the largest photo that is let
 * in; at least 1.
 * @param maximumDecodingMegabytes what decoding one photo may take
 */
export function countWorkers(machine: Machine, maximumDecodingMegabytes: number): number {
  const neededInMegabytes = restOfFunctionInMegabytes + maximumDecodingMegabytes;
  const fitting = Math.floor(machine.memoryInBytes / bytesPerMegabyte / neededInMegabytes);
  return Math.max(1, Math.min(machine.processors, fitting));
}

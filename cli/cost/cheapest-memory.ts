import { oneProcessorInMb } from '../../facts/lambda.ts';
import type { Prices } from '../../facts/prices.ts';
import { billOf, type Usage } from './bill.ts';

export interface MemoryChoice {
  readonly memoryInMb: number;
  readonly warmMilliseconds: number;
  readonly dollars: number;
  /** Whether the time was measured, or follows from the share of a CPU. */
  readonly isMeasured: boolean;
}

/**
 * The month's cost for each memory setting. A time that was measured is taken as it is; any other follows from the time at
 * `usage.memoryInMb` by the documented share of a CPU, which never exceeds one: the work is single-threaded.
 */
export function compareMemories(
  usage: Usage,
  prices: Prices,
  memoriesInMb: readonly number[],
  measured: ReadonlyMap<number, number>,
): MemoryChoice[] {
  const share = (memoryInMb: number) => Math.min(1, memoryInMb / oneProcessorInMb);
  return memoriesInMb.map((memoryInMb) => {
    const known = measured.get(memoryInMb);
    const slower = share(usage.memoryInMb) / share(memoryInMb);
    const warmMilliseconds = known ?? usage.warmMilliseconds * slower;
    const coldMilliseconds = usage.coldMilliseconds * slower;
    const bill = billOf({ ...usage, memoryInMb, warmMilliseconds, coldMilliseconds }, prices, {
      isFreeTierUsed: false,
    });
    return { memoryInMb, warmMilliseconds, dollars: bill.dollars, isMeasured: known !== undefined };
  });
}

/** The settings whose bill is the smallest to the cent: often several, since half the memory takes twice the time. */
export function findCheapest(choices: readonly MemoryChoice[]): readonly MemoryChoice[] {
  const cents = ({ dollars }: MemoryChoice) => Math.round(dollars * 100);
  const least = Math.min(...choices.map(cents));
  return choices.filter((choice) => cents(choice) === least);
}

import type { Card } from '../model/card/card.ts';
import type { EngineOptions } from '../model/classification.ts';
import { listHalves, mixPrecisions, type TwoPrecisions } from './mix-precisions.ts';
import { type Answers, aimOfHalves, largestMoveOfHalves, measureStoredPrecision } from './stored-precision.ts';
import { type WrittenModel, writeCard } from './write-model-directory.ts';

/** Which part of the numbers stays in single precision: each share is tried that does not yet suffice. */
const shares = [0.01, 0.02, 0.05, 0.1, 0.2, 0.4];

export interface MixedModel {
  readonly written: WrittenModel;
  readonly moved: number;
  /** How many kernels stay in single precision, of how many. */
  readonly kept: number;
  readonly kernels: number;
}

/**
 * Writes into `target` the model whose smallest kernels stay in single precision, as few as keep its answers within what half
 * floats may move them by; undefined where that takes more than the shares above. The smallest kernels are the first
 * ones and the depthwise ones, whose rounding goes through all that comes after, and they are next to nothing of the file.
 */
export async function keepSmallKernels(
  target: string,
  precisions: TwoPrecisions,
  card: Omit<Card, 'version'>,
  { exact, engine }: { readonly exact: Answers; readonly engine: EngineOptions },
): Promise<MixedModel | undefined> {
  const halves = listHalves(precisions).sort((a, b) => a.count - b.count);
  const total = halves.reduce((sum, { count }) => sum + count, 0);
  const numbers = shares.map((share) => countWithin(halves, share * total));
  const most = numbers.at(-1);
  for (const kept of new Set(numbers)) {
    if (kept === 0) continue;
    const names = new Set(halves.slice(0, kept).map(({ name }) => name));
    const { version, sizeInBytes } = await mixPrecisions(target, precisions, names);
    const written: WrittenModel = { card: { ...card, version }, weightsInBytes: sizeInBytes };
    await writeCard(target, written.card);
    const moved = await measureStoredPrecision(target, exact, engine);
    const isEnough = moved <= (kept === most ? largestMoveOfHalves : aimOfHalves);
    if (isEnough) return { written, moved, kept, kernels: halves.length };
  }
  return undefined;
}

/** How many of the first have together no more numbers than that. */
function countWithin(halves: readonly { readonly count: number }[], most: number): number {
  let sum = 0;
  const past = halves.findIndex(({ count }) => {
    sum += count;
    return sum > most;
  });
  return past < 0 ? halves.length : past;
}

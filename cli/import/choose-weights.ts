import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { assets } from '../../function/bundling/assets.ts';
import type { WeightFormat } from '../../importer/graph/encode-weights.ts';
import { keepSmallKernels } from '../../importer/keep-small-kernels.ts';
import {
  aimOfHalves,
  answerDrawnPhotos,
  largestMoveOfHalves,
  measureStoredPrecision,
} from '../../importer/stored-precision.ts';
import { type WrittenModel, writeCard } from '../../importer/write-model-directory.ts';
import type { CardInput } from '../../model/card/card.ts';
import type { KeptKernels } from './import-options.ts';

/** The folder in which the weights lie in single precision while they are compared. */
export const singleName = 'single';
/** The same, of those that are part in single and part in half precision. */
const mixedName = 'mixed';

/** What was written of a model, in the format asked for and in single precision, where that is another. */
export interface WrittenPrecisions {
  readonly written: WrittenModel;
  readonly single: WrittenModel | undefined;
}

export interface ChosenWeights {
  readonly weights: WeightFormat;
  readonly written: WrittenModel;
  /** How far they move answers, as a share of the range of the scores; undefined where they are as they were. */
  readonly moved: number | undefined;
  /** Where the smallest kernels stay in single precision. */
  readonly keptSingle?: KeptKernels;
}

/**
 * Half floats; where those of all kernels move answers too far, of all but the smallest, and where that does too, single
 * precision: unless the owner asked for one format.
 */
export async function chooseWeights(
  staging: string,
  { written, single }: WrittenPrecisions,
  preprocessing: Pick<CardInput, 'channels' | 'scale' | 'offset'>,
  asked: WeightFormat | undefined,
): Promise<ChosenWeights> {
  if (single === undefined) return { weights: 'float32', moved: undefined, written };
  const folder = join(staging, singleName);
  for (const [directory, { card }] of [
    [staging, written],
    [folder, single],
  ] as const) {
    await writeCard(directory, { ...card, input: { ...card.input, ...preprocessing } });
  }
  const exact = await answerDrawnPhotos(folder, assets);
  const moved = await measureStoredPrecision(staging, exact, assets);
  let chosen: ChosenWeights = { weights: asked ?? 'float16', moved, written };
  if (asked === undefined && moved > aimOfHalves) {
    const target = join(staging, mixedName);
    await mkdir(target);
    const card = { ...written.card, input: { ...written.card.input, ...preprocessing } };
    const mixed = await keepSmallKernels(target, { half: staging, single: folder }, card, { exact, engine: assets });
    // Where no mixture does better, what is still allowed stays.
    if (mixed === undefined && moved <= largestMoveOfHalves) {
      for (const left of [target, folder]) await rm(left, { recursive: true });
      return chosen;
    }
    chosen = mixed
      ? {
          weights: 'float16',
          moved: mixed.moved,
          written: mixed.written,
          keptSingle: { of: mixed.kernels, number: mixed.kept },
        }
      : { weights: 'float32', moved, written: single };
    const from = mixed ? target : folder;
    for (const name of ['model.json', 'weights.bin']) await rename(join(from, name), join(staging, name));
    await rm(target, { recursive: true });
  }
  await rm(folder, { recursive: true });
  return chosen;
}

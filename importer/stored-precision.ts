import type { EngineOptions } from '../model/classification.ts';
import { load } from '../model/classifier.ts';
import { drawParityPhoto, type ParityRecipe } from '../model/parity/parity-photo.ts';
import { largestShare } from './largest-share.ts';

const recipes: readonly ParityRecipe[] = [
  { kind: 'gradient', width: 320, height: 240, seed: 1 },
  { kind: 'stripes', width: 224, height: 224, seed: 2 },
  { kind: 'discs', width: 240, height: 320, seed: 3 },
  { kind: 'noise', width: 224, height: 224, seed: 4 },
  { kind: 'garment', width: 300, height: 400, seed: 5 },
];

/** What half floats may move answers by, as a share of the range of the scores. */
export const largestMoveOfHalves = 0.002;
/**
 * The same on the photos drawn here, because others may move answers further: of twenty others, by up to 1.4 times in most
 * families of models, and by 2.4 times in one, a RepVGG whose branches are not fused.
 */
export const aimOfHalves = 0.4 * largestMoveOfHalves;

export type Answers = readonly Float32Array[];

/** What a model directory answers for the drawn photos. */
export async function answerDrawnPhotos(directory: string, engine: EngineOptions): Promise<Answers> {
  const classifier = await load(directory, engine);
  try {
    return recipes.map((recipe) => classifier.measure(drawParityPhoto(recipe)).scores);
  } finally {
    classifier.dispose();
  }
}

/**
 * How far the weights as they are stored move a model's answers from those of its weights in single precision: the largest
 * difference on drawn photos, as a share of the range of each photo's scores.
 */
export async function measureStoredPrecision(
  directory: string,
  exact: Answers,
  engine: EngineOptions,
): Promise<number> {
  return largestShare(await answerDrawnPhotos(directory, engine), exact);
}

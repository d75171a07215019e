import { FileError } from '../../files/file-error.ts';
import { parseJson } from '../../files/parse-json.ts';
import type { RgbPixels } from '../../photo/pixels/pixels.ts';
import type { ParityReport } from '../classification.ts';
import { ModelError } from '../model-error.ts';
import { readModelFile, shortestJsonLookedAt } from '../model-file.ts';
import { indexOfLargest } from '../verdict/probabilities.ts';
import { drawParityPhoto, type ParityRecipe, parityPhotoKinds } from './parity-photo.ts';

const largestAllowedDifference = 0.01;
const fileName = 'parity.json';

/** What Keras made of one photo: the scores it answered, and some values of the input it made from the photo. */
export interface ParityPhoto {
  readonly name: string;
  readonly recipe: ParityRecipe;
  /** Exactly what the Keras model returns. */
  readonly scores: readonly number[];
  readonly input: { readonly samples: readonly (readonly [flatIndex: number, value: number])[] };
}

/** parity.json of a model directory. */
export interface ParityFile {
  readonly format: 1;
  /** The program and the versions that answered. */
  readonly madeWith: string;
  /** Whether the photos were made input by the owner's own program, or as the card says (which is also what is left out). */
  readonly pixels?: 'own' | 'card';
  readonly photos: readonly ParityPhoto[];
}

/** Reads parity.json; undefined where the model has none. Throws a ModelError where it is damaged. */
export function readParityFile(directory: string): ParityFile | undefined {
  let text: Buffer;
  try {
    text = readModelFile(directory, fileName);
  } catch (thrown) {
    if (thrown instanceof ModelError && thrown.cause instanceof FileError && thrown.cause.reason === 'missing')
      return undefined;
    throw thrown;
  }
  try {
    const file = parseJson(text.toString('utf8'), shortestJsonLookedAt) as ParityFile;
    if (file.format === 1 && file.photos.length > 0 && file.photos.every(isParityPhoto)) return file;
  } catch (cause) {
    const why = cause instanceof SyntaxError ? cause.message : 'a part of it is missing';
    throw new ModelError('unreadable', `${fileName} is damaged: ${why}.`, { cause });
  }
  throw new ModelError('unreadable', `${fileName} is not in the format 1 that this version reads.`);
}

/**
 * Draws each photo again, asks the model, and compares its probabilities with those of Keras's scores. Both functions
 * return probabilities of the uncalibrated model, one a label.
 */
export function compareWithParity(
  file: ParityFile,
  classify: (pixels: RgbPixels) => Float32Array,
  toProbabilities: (scores: Float32Array) => Float32Array,
): ParityReport {
  let largestDifference = 0;
  let sameFirstLabels = true;
  for (const { recipe, scores } of file.photos) {
    const answered = classify(drawParityPhoto(recipe));
    const expected = toProbabilities(Float32Array.from(scores));
    // NaN compares as false with everything: an answer that is no number must count as different.
    const difference = Math.max(
      ...answered.map((probability, label) => Math.abs(probability - (expected[label] ?? 2))),
    );
    largestDifference = Number.isNaN(difference) ? Number.POSITIVE_INFINITY : Math.max(largestDifference, difference);
    sameFirstLabels &&= indexOfLargest(answered) === indexOfLargest(expected);
  }
  const ok = sameFirstLabels && largestDifference <= largestAllowedDifference;
  return { photos: file.photos.length, largestDifference, sameFirstLabels, ok };
}

function isParityPhoto({ recipe, scores }: ParityPhoto): boolean {
  const sizes = [recipe.width, recipe.height];
  return (
    parityPhotoKinds.includes(recipe.kind) &&
    sizes.every((size) => Number.isInteger(size) && size > 0) &&
    Number.isInteger(recipe.seed) &&
    scores.every((score) => Number.isFinite(score))
  );
}

import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import '@tensorflow/tfjs-backend-cpu';
import { env, getBackend, setBackend } from '@tensorflow/tfjs-core';
import type { CardInput } from '../model/card/card.ts';
import { countChannels, parseCard } from '../model/card/parse-card.ts';
import type { EngineOptions } from '../model/classification.ts';
import { load } from '../model/classifier.ts';
import { fitPhoto } from '../model/fit/fit-photo.ts';
import { readGraphFile } from '../model/graph/read-graph-file.ts';
import { ModelError } from '../model/model-error.ts';
import { readModelFile } from '../model/model-file.ts';
import { type ParityPhoto, readParityFile } from '../model/parity/parity.ts';
import { drawParityPhoto, type ParityRecipe } from '../model/parity/parity-photo.ts';
import { TensorflowGraph } from '../model/tensorflow/tensorflow-graph.ts';
import { toLabelScores } from '../model/verdict/probabilities.ts';
import type { WeightFormat } from './graph/encode-weights.ts';
import { ImportError } from './import-error.ts';
import { largestShare } from './largest-share.ts';

/** What is known about a written model's answers; differences are shares of the range of the scores. */
export type Verification =
  | {
      readonly against: 'recorded answers';
      readonly madeWith: string;
      readonly photos: number;
      /** Of so many; where the preprocessing is the owner's, stripes and noise tell nothing. */
      readonly recorded: number;
      readonly largestDifference: number;
      readonly sameFirstLabels: boolean;
      /** Whether parity.json is as near as what runs can be compared with. */
      readonly isKept: boolean;
      /** Whether the photos were made input by the owner's own program, so that a wrong pixel scale would show. */
      readonly isOwnPreprocessing: boolean;
    }
  | { readonly against: 'plain CPU backend'; readonly photos: number; readonly largestDifference: number }
  | { readonly against: 'nothing'; readonly because: string };

const plainPhotos: readonly ParityRecipe[] = [{ kind: 'garment', width: 300, height: 400, seed: 1 }];
/** The plain backend computes about 200 million products a second, so this is half a minute. */
const mostMultiplicationsOnPlainBackend = 6e9;
/** The two sum in different orders; a wrong kernel is off by far more. */
const largestDifferenceOfBackends = 1e-3;
/** A share of a value that is about what summing in another order changes. */
const smallestStep = 2 ** -20;
/** Keras's preprocessing in single precision, on values up to 255. */
const largestDifferenceOfInputs = 0.01;
/** How far values of the owner's own preprocessing may be on average, as a share of their range: another way of resizing. */
const largestShareOfValues = 0.06;
const toleranceOfOwnPixels = 0.25;
/** From Keras's answers; what 8 bits cost is the user's to judge, as long as they name the same labels. */
const tolerance: Record<WeightFormat, number> = { float32: 0.001, float16: 0.02, uint8: 0.25 };

/**
 * Loads the model directory as the service does and asks it about drawn photos: against its parity.json where it has one,
 * else against TensorFlow.js's plain CPU backend. Throws an {@link ImportError} where an answer is not finite or differs by
 * more than rounding explains.
 */
export async function verifyDirectory(
  directory: string,
  engine: EngineOptions,
  { multiplications, weights }: { readonly multiplications: number; readonly weights: WeightFormat },
): Promise<Verification> {
  const parity = await readParityFile(directory);
  const { output, input } = parseCard(readModelFile(directory, 'card.json').toString('utf8'));
  const perLabel = (scores: ArrayLike<number>) => toLabelScores(output, Float32Array.from(scores));
  const isOwnPreprocessing = parity?.pixels === 'own';
  // Another way of resizing makes other pixels of stripes and noise, which says nothing of their scale.
  const compared = parity?.photos.filter(({ recipe }) => !isOwnPreprocessing || isSmooth(recipe)) ?? [];
  const recipes = parity === undefined ? plainPhotos : compared.map(({ recipe }) => recipe);
  const answers = await answerByService(directory, engine, recipes);
  if (parity !== undefined) {
    if (isOwnPreprocessing) refuseOtherScale(input, compared);
    else checkInputs(input, compared);
    const expected = compared.map(({ scores }) => perLabel(scores));
    const largestDifference = largestShare(answers, expected);
    const sameFirstLabels = answers.every((answer, at) => hasSameFirst(answer, expected[at] ?? [], largestDifference));
    const allowed = isOwnPreprocessing ? toleranceOfOwnPixels : tolerance[weights];
    if (largestDifference > allowed || !sameFirstLabels) throw differs(largestDifference, sameFirstLabels);
    // What the deployed function is to compare with later has to be as near as its own pixels are.
    const isKept = largestDifference <= tolerance[weights];
    if (!isKept) await rm(join(directory, 'parity.json'));
    return {
      against: 'recorded answers',
      madeWith: parity.madeWith,
      photos: compared.length,
      recorded: parity.photos.length,
      largestDifference,
      sameFirstLabels,
      isKept,
      isOwnPreprocessing,
    };
  }
  if (multiplications > mostMultiplicationsOnPlainBackend) {
    const billions = (multiplications / 1e9).toFixed(1);
    return {
      against: 'nothing',
      because: `${billions} billion multiplications would take minutes on the plain CPU backend`,
    };
  }
  const answerPlainly = (factor: number, output: string) =>
    answerByPlainBackend(directory, input, recipes, { factor, output });
  const largestDifference = largestShare(answers, (await answerPlainly(1, 'score')).map(perLabel));
  if (largestDifference > largestDifferenceOfBackends) {
    // Of a saturated softmax one label would have all before and after.
    const output = readGraphFile(directory).outputs.has('logits') ? 'logits' : 'score';
    const ownDifference = largestShare(await answerPlainly(1 + smallestStep, output), await answerPlainly(1, output));
    if (ownDifference > largestDifferenceOfBackends) {
      return {
        against: 'nothing',
        because: `the model's own answers move by ${share(ownDifference)} of their range when the pixels change by a millionth, as untrained networks' may`,
      };
    }
    throw new ImportError(
      `The WebAssembly backend's answers differ from the plain one's by ${share(largestDifference)} of their range.`,
      'This is a fault of a kernel or of the importer: please report the model.',
    );
  }
  return { against: 'plain CPU backend', photos: recipes.length, largestDifference };
}

type PhotoScores = readonly ArrayLike<number>[];

async function answerByService(
  directory: string,
  engine: EngineOptions,
  recipes: readonly ParityRecipe[],
): Promise<PhotoScores> {
  const classifier = await load(directory, engine);
  try {
    return recipes.map((recipe) => classifier.measure(drawParityPhoto(recipe)).scores);
  } catch (cause) {
    if (!(cause instanceof ModelError) || cause.reason !== 'not_finite') throw cause;
    throw new ImportError(
      "The model's answers are not finite numbers.",
      'Check --preprocess: pixels far out of the range of training overflow.',
      { cause },
    );
  } finally {
    classifier.dispose();
  }
}

async function answerByPlainBackend(
  directory: string,
  input: CardInput,
  recipes: readonly ParityRecipe[],
  { factor, output }: { readonly factor: number; readonly output: string },
): Promise<PhotoScores> {
  // It greets everyone who runs it under Node.js.
  env().set('PROD', true);
  const backend = getBackend();
  await setBackend('cpu');
  try {
    const shape = [1, input.height, input.width, countChannels(input)] as const;
    const graph = TensorflowGraph.onCurrentBackend(readGraphFile(directory), shape);
    try {
      return recipes.map((recipe) => {
        const values = fitPhoto(drawParityPhoto(recipe), input).map((value) => value * factor);
        return graph.run(values, [output])[0]?.values ?? [];
      });
    } finally {
      graph.dispose();
    }
  } finally {
    // None where the service's own answer needed no TF.js.
    if (backend !== undefined && backend !== null) await setBackend(backend);
  }
}

/** That parity.json was recorded with the photos fitted as this card says. */
function checkInputs(input: CardInput, photos: readonly ParityPhoto[]): void {
  for (const { name, recipe, input: recorded } of photos) {
    const values = fitPhoto(drawParityPhoto(recipe), input);
    const distance = ([at, value]: readonly [number, number]) => Math.abs((values[at] ?? Number.NaN) - value);
    const wrong = recorded.samples.find((sample) => !(distance(sample) <= largestDifferenceOfInputs));
    if (wrong === undefined) continue;
    throw new ImportError(
      `parity.json was recorded with other pixels: value ${wrong[0]} of ${name} is ${wrong[1]} there and ${values[wrong[0]]} here.`,
      'Run reference.py again with the card.json of this import, or give the --preprocess (or --scale and --offset), --resize and --fit (with --resize-to) that it was made with.',
    );
  }
}

/** Whether the first label is the same wherever it leads by more than the difference found. */
function hasSameFirst(answer: ArrayLike<number>, expected: ArrayLike<number>, difference: number): boolean {
  const wanted = Array.from(expected);
  const [largest = 0, second = 0] = [...wanted].sort((a, b) => b - a);
  const range = largest - Math.min(...wanted) || 1;
  const isClear = wanted.length > 1 && largest - second > 2 * difference * range;
  const given = Array.from(answer);
  return !isClear || given.indexOf(Math.max(...given)) === wanted.indexOf(largest);
}

const isSmooth = ({ kind }: ParityRecipe) => kind === 'gradient' || kind === 'discs' || kind === 'garment';

/** A scale that is wrong moves every value, where another way of resizing moves a few. */
function refuseOtherScale(input: CardInput, photos: readonly ParityPhoto[]): void {
  const pairs = photos.flatMap(({ recipe, input: recorded }) => {
    const values = fitPhoto(drawParityPhoto(recipe), input);
    return recorded.samples.map(([at, value]) => [value, values[at] ?? Number.NaN] as const);
  });
  const recorded = pairs.map(([value]) => value);
  const [low, high] = [Math.min(...recorded), Math.max(...recorded)];
  const mean = pairs.reduce((sum, [value, own]) => sum + Math.abs(value - own), 0) / Math.max(1, pairs.length);
  if (mean <= largestShareOfValues * (high - low || 1)) return;
  throw new ImportError(
    `Your own preprocessing makes other pixels: they run from ${round(low)} to ${round(high)}, and the card's differ by ${round(mean)} on average.`,
    'Check --preprocess, or --scale and --offset, and then --resize and --fit (with --resize-to).',
  );
}

function round(value: number): string {
  return String(Number(value.toPrecision(3)));
}

function differs(largestDifference: number, sameFirstLabels: boolean): ImportError {
  const labels = sameFirstLabels ? '' : ', and not always with the same first label';
  return new ImportError(
    `The imported model answers unlike the original: scores differ by up to ${share(largestDifference)} of their range${labels}.`,
    'With --weights uint8 this is the price: take float16. Otherwise parity.json may be of another model; if it is not, please report it.',
  );
}

function share(difference: number): string {
  return `${(difference * 100).toPrecision(2)} %`;
}

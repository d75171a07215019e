import type { FeatureMatrix, RowRange } from '../../model/calibration/feature-matrix.ts';
import { fitTemperature, meanLoss } from '../../model/calibration/temperature.ts';
import { rangesBut } from './folds.ts';
import type { FittedHead, HeadData, LinearHead } from './linear-head.ts';

/** What heads say of photos that they were not fitted on. */
export interface CrossValidation {
  /** One vector a row: a number a label. */
  readonly logits: readonly Float32Array[];
  /** At which {@link loss} is least. */
  readonly temperature: number;
  /** The mean negative logarithm of the right label's probability. */
  readonly loss: number;
  /** Where each fold's fit ended. */
  readonly points: readonly Float64Array[];
}

/** Fits a head on rows; `start` is a point where it may begin. */
export type FitRows = (ranges: readonly RowRange[], start: Float64Array | undefined) => Promise<FittedHead>;

export interface CrossValidationOptions {
  /** How many of the folds are answered for, the first ones; all by default. */
  readonly foldCount?: number;
  /** Points that were found without the same fold: any other would know its photos. */
  readonly starts?: readonly Float64Array[];
}

/**
 * Fits a head without each fold, all at once, and answers for the photos of that fold.
 */
export async function crossValidate(
  data: HeadData,
  folds: readonly RowRange[],
  fitRows: FitRows,
  { foldCount = folds.length, starts = [] }: CrossValidationOptions = {},
): Promise<CrossValidation> {
  const answered = folds.slice(0, foldCount);
  const fitted = await Promise.all(answered.map((_, fold) => fitRows(rangesBut(folds, fold), starts[fold])));
  const logits = makeLogits(answered.at(-1)?.to ?? 0, data.labelCount);
  for (const [fold, { head }] of fitted.entries()) answer(data.matrix, head, answered[fold] as RowRange, logits);
  return { logits, points: fitted.map(({ point }) => point), ...judge(logits, data.labels) };
}

/** The best temperature may be any, since a discriminant's scores are as large as its labels lie apart. */
function judge(
  logits: readonly Float32Array[],
  labels: ArrayLike<number>,
): Pick<CrossValidation, 'temperature' | 'loss'> {
  const spread = spreadOf(logits) || 1;
  const scaled = makeLogits(logits.length, logits[0]?.length ?? 0);
  const photos = scaled.map((row, index) => {
    for (const [label, value] of (logits[index] as Float32Array).entries()) row[label] = value / spread;
    return { logits: row, label: labels[index] as number };
  });
  const temperature = fitTemperature(photos);
  return { temperature: spread * temperature, loss: meanLoss(photos, temperature) };
}

/** The root of the mean square distance of a score from the mean of its photo. */
function spreadOf(logits: readonly Float32Array[]): number {
  let squares = 0;
  for (const row of logits) {
    const mean = row.reduce((sum, value) => sum + value, 0) / row.length;
    squares += row.reduce((sum, value) => sum + (value - mean) ** 2, 0) / row.length;
  }
  return Math.sqrt(squares / logits.length);
}

export interface Strengths {
  /** From strong to weak. */
  readonly all: readonly number[];
  /** Tried first. */
  readonly usual: number;
}

export interface ChosenStrength extends CrossValidation {
  readonly strength: number;
}

/**
 * The strength at which heads answer best for photos that they have not seen. The loss has one valley in its logarithm: the
 * search follows it down from the usual one.
 */
export async function chooseStrength(
  { all, usual }: Strengths,
  tryStrength: (strength: number, from: CrossValidation | undefined) => Promise<CrossValidation>,
): Promise<ChosenStrength> {
  const tryAt = async (index: number, from?: CrossValidation): Promise<ChosenStrength> => {
    const strength = all[index] as number;
    return { ...(await tryStrength(strength, from)), strength };
  };
  const first = all.indexOf(usual);
  const begin = await tryAt(first);
  let best = begin;
  for (const step of [1, -1]) {
    for (let index = first + step; index >= 0 && index < all.length; index += step) {
      const next = await tryAt(index, best);
      if (next.loss >= best.loss) break;
      best = next;
    }
    // Downhill in one direction is uphill in the other.
    if (best !== begin) break;
  }
  return best;
}

/** A vector a row, all of them in one array: 100,000 apart take several times as much. */
export function makeLogits(rows: number, labels: number): readonly Float32Array[] {
  const all = new Float32Array(rows * labels);
  return Array.from({ length: rows }, (_, row) => all.subarray(row * labels, (row + 1) * labels));
}

/** Puts the scores of the rows of a range where their rows are. */
export function answer(
  matrix: FeatureMatrix,
  head: LinearHead,
  range: RowRange,
  logits: readonly Float32Array[],
): void {
  const labels = head.bias.length;
  matrix.multiply(head.weights, head.bias, [range], (first, scores) => {
    for (let at = 0; at < scores.length; at += labels) {
      logits[first + at / labels]?.set(scores.subarray(at, at + labels));
    }
  });
}

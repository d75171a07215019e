import { comparePaired, type PairedComparison, type PairedCounts } from '../evaluation/compare-paired.ts';
import type { RecordedPhoto, TrainingRecord } from './training-record.ts';

/** A training held against the one before, on the photos that both were measured on. */
export interface TrainingComparison extends PairedCounts, PairedComparison {
  readonly rightBefore: number;
  readonly right: number;
  /** Photos known to both whose label the model before did not know, so that it could not be right. */
  readonly ofNewLabels: number;
}

/**
 * Each photo is answered by heads that have not seen it, then as now. What is right is the label that the photo bears now:
 * one that was put into another folder meanwhile counts for neither side by itself.
 */
export function compareTrainings(
  before: TrainingRecord,
  now: readonly Pick<RecordedPhoto, 'hash' | 'label' | 'predicted'>[],
): TrainingComparison {
  const known = new Set(before.labels);
  const earlier = new Map(before.photos.map(({ hash, predicted }) => [hash, predicted]));
  const counts = { photos: 0, mended: 0, broken: 0, rightBefore: 0, right: 0, ofNewLabels: 0 };
  for (const { hash, label, predicted } of now) {
    const predictedBefore = earlier.get(hash);
    if (predictedBefore === undefined) continue;
    if (!known.has(label)) {
      counts.ofNewLabels++;
      continue;
    }
    const [wasRight, isRight] = [predictedBefore === label, predicted === label];
    counts.photos++;
    if (wasRight) counts.rightBefore++;
    if (isRight) counts.right++;
    if (isRight && !wasRight) counts.mended++;
    if (wasRight && !isRight) counts.broken++;
  }
  return { ...counts, ...comparePaired(counts) };
}

/** In sentences for a terminal. */
export function describeComparison(comparison: TrainingComparison | 'damaged' | undefined): string[] {
  if (comparison === undefined) return [];
  if (comparison === 'damaged') {
    return ["The training.json of the model before can't be read, so that the two can't be compared."];
  }
  const { photos, verdict, right, rightBefore, mended, broken, chance, low, high, ofNewLabels } = comparison;
  const leftOut =
    ofNewLabels === 0
      ? []
      : [`Left out of that: ${ofNewLabels} known to both whose label the model before did not have.`];
  if (photos === 0)
    return ["The model before saw none of these photos, so that the two can't be compared.", ...leftOut];
  const counted = `of the ${photos} photos that both were measured on it has ${right} right, before ${rightBefore} (${mended} mended, ${broken} newly wrong)`;
  const interval = `Of other photos like these the change would be between ${points(low)} and ${points(high)} percentage points.`;
  const sentence = {
    better: `Better than the model before: ${counted}. By chance that comes in ${percent(chance)} of cases.`,
    same: `Against the model before: ${counted}. That is no difference that these photos can show.`,
    worse: `Worse than the model before: ${counted}. By chance that comes in ${percent(chance)} of cases.`,
  }[verdict];
  return [`${sentence} ${interval}`, ...leftOut];
}

function points(share: number): string {
  const text = Math.abs(share * 100).toFixed(1);
  return text === '0.0' ? text : `${share < 0 ? '−' : '+'}${text}`;
}

function percent(share: number): string {
  return share < 0.001 ? 'less than 0.1 %' : `${(share * 100).toFixed(1)} %`;
}

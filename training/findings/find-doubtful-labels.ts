import { toProbabilities } from '../../model/verdict/probabilities.ts';

/** A photo whose label looks wrong. */
export interface DoubtfulLabel {
  /** Row of the photo. */
  readonly row: number;
  /** What heads that have not seen the photo take it for. */
  readonly suggested: number;
  /** Probability of the suggested label less that of the given one. */
  readonly margin: number;
}

/**
 * Confident learning (C. Northcutt, L. Jiang and I. Chuang, "Confident Learning: Estimating Uncertainty in Dataset Labels",
 * 2021): a label is doubtful where another one is as probable as it usually is for photos that bear it. The most doubtful
 * come first.
 * @param logits one vector a photo, of heads that were fitted without it
 */
export function findDoubtfulLabels(
  logits: readonly Float32Array[],
  labels: readonly number[],
  temperature: number,
): DoubtfulLabel[] {
  const labelCount = logits[0]?.length ?? 0;
  const probabilities = logits.map((row) => toProbabilities(row, temperature));
  const usual = Array.from({ length: labelCount }, (_, label) => {
    const own = probabilities.filter((_row, index) => labels[index] === label);
    return own.reduce((sum, row) => sum + (row[label] as number), 0) / Math.max(1, own.length);
  });
  const doubtful: DoubtfulLabel[] = [];
  for (const [row, values] of probabilities.entries()) {
    const given = labels[row] as number;
    let suggested = -1;
    for (const [label, probability] of values.entries()) {
      if (probability < (usual[label] as number)) continue;
      if (suggested < 0 || probability > (values[suggested] as number)) suggested = label;
    }
    if (suggested < 0 || suggested === given) continue;
    doubtful.push({ row, suggested, margin: (values[suggested] as number) - (values[given] as number) });
  }
  return doubtful.sort((one, other) => other.margin - one.margin);
}

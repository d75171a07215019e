import type { FeatureMatrix } from '../../model/calibration/feature-matrix.ts';

export interface Neighbour {
  readonly row: number;
  /** From -1 to 1, 1 for features that point the same way. */
  readonly cosine: number;
}

/** For each row asked about, the rows whose features point most nearly the same way, itself left out; the nearest first. */
export function findNearest(features: FeatureMatrix, rows: readonly number[], count: number): Neighbour[][] {
  const lengths = Array.from({ length: features.rows }, (_, row) => lengthOf(features.row(row)));
  const everything = [{ from: 0, to: features.rows }];
  const found = rows.map((): Neighbour[] => []);
  for (let first = 0; first < rows.length; first += features.mostLabels) {
    // The kernels take the photos asked about for labels: the score is then the product of features.
    const asked = rows.slice(first, first + features.mostLabels);
    const weights = new Float32Array(asked.length * features.features);
    for (const [at, row] of asked.entries()) weights.set(features.row(row), at * features.features);
    features.multiply(weights, new Float32Array(asked.length), everything, (block, products) => {
      for (const [at, product] of products.entries()) {
        const row = block + Math.floor(at / asked.length);
        const own = asked[at % asked.length] as number;
        if (row === own) continue;
        const cosine = product / ((lengths[row] as number) * (lengths[own] as number) || 1);
        keepNearest(found[first + (at % asked.length)] as Neighbour[], { row, cosine }, count);
      }
    });
  }
  return found;
}

function keepNearest(nearest: Neighbour[], one: Neighbour, count: number): void {
  if (nearest.length === count && one.cosine <= (nearest.at(-1)?.cosine ?? -1)) return;
  const at = nearest.findIndex(({ cosine }) => cosine < one.cosine);
  nearest.splice(at < 0 ? nearest.length : at, 0, one);
  if (nearest.length > count) nearest.pop();
}

function lengthOf(vector: Float32Array): number {
  let square = 0;
  for (const value of vector) square += value * value;
  return Math.sqrt(square);
}

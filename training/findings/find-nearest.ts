import type { FeatureMatrix } from '../head/feature-matrix.ts';
import { cosine } from './group-alike.ts';

export interface Neighbour {
  readonly row: number;
  /** From -1 to 1, 1 for features that point the same way. */
  readonly cosine: number;
}

/** The rows whose features point most nearly the way that a row's do, itself left out; the nearest first. */
export function findNearest(features: FeatureMatrix, row: number, count: number): Neighbour[] {
  const own = features.row(row);
  const nearest: Neighbour[] = [];
  for (let other = 0; other < features.rows; other++) {
    if (other === row) continue;
    const found = { row: other, cosine: cosine(own, features.row(other)) };
    if (nearest.length === count && found.cosine <= (nearest.at(-1)?.cosine ?? -1)) continue;
    const at = nearest.findIndex((one) => one.cosine < found.cosine);
    nearest.splice(at < 0 ? nearest.length : at, 0, found);
    if (nearest.length > count) nearest.pop();
  }
  return nearest;
}

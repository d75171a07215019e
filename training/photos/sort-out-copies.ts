import type { KnownPhoto } from '../collect-features.ts';

export interface SortedPhotos<Photo> {
  /** Each file once. */
  readonly photos: readonly Photo[];
  /** Files that are the same byte for byte under one label; the first of each stays. */
  readonly copies: readonly Photo[];
  /** Files that are the same under several labels: which one is right nobody can know, so that none is learned from. */
  readonly contradictions: readonly (readonly Photo[])[];
}

export function sortOutCopies<Photo extends KnownPhoto>(photos: readonly Photo[]): SortedPhotos<Photo> {
  const kept = new Set<Photo>();
  const copies: Photo[] = [];
  const contradictions: Photo[][] = [];
  for (const same of Map.groupBy(photos, ({ hash }) => hash).values()) {
    const [first, ...others] = same;
    if (first === undefined) continue;
    if (others.some(({ label }) => label !== first.label)) contradictions.push(same);
    else {
      kept.add(first);
      copies.push(...others);
    }
  }
  return { photos: photos.filter((photo) => kept.has(photo)), copies, contradictions };
}

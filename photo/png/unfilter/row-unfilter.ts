import { corruptPhoto } from '../../photo-error.ts';
import type { PngWorkspace } from '../kernels/png-workspace.ts';

const filterNames = ['none', 'sub', 'up', 'average', 'paeth'] as const;
export type FilterName = (typeof filterNames)[number];

/** A kernel reads and writes so many bytes at a time, up to one less of them past the last pixel. */
const unfilterVectorInBytes = 8;

/** Where a row lies as it is stored, the number of its filter first, the unfiltered one above it, and where it is to lie. */
export interface RowAddresses {
  readonly stored: number;
  readonly above: number;
  readonly out: number;
}

/**
 * Undoes the filter of a row in the workspace's memory.
 * @param sizeInBytes of the row, without the number of its filter
 * @param step bytes from a pixel to the one on its right, 1 to 8
 * @throws PhotoError `corrupt` for a filter that does not exist
 */
export function unfilterRow(
  { kernels, bytes }: PngWorkspace,
  { stored, above, out }: RowAddresses,
  sizeInBytes: number,
  step: number,
): void {
  const name = filterNames[bytes[stored] as number];
  if (name === undefined) throw corruptPhoto('The PNG has a row with an unknown filter.');
  // What a pixel does not need of its left neighbour goes as fast as vectors do.
  const ownStep = name === 'none' || name === 'up' ? unfilterVectorInBytes : step;
  kernels[name](stored + 1, above, out, out + sizeInBytes, ownStep);
}

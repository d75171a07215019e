import { corruptPhoto } from '../photo-errors.ts';

/**
 * Undoes the filter of one row in place (W3C PNG section 9.2).
 * @param row the filter's number, then the row's bytes
 * @param above the row above after unfiltering, laid out alike; zeros above the first row
 * @param step bytes from a pixel to the one on its right, at least 1
 */
export function unfilter(row: Uint8Array, above: Uint8Array, step: number): void {
  const end = row.length;
  switch (row[0]) {
    case 0:
      return;
    case 1:
      for (let i = 1 + step; i < end; i++) row[i] = at(row, i) + at(row, i - step);
      return;
    case 2:
      for (let i = 1; i < end; i++) row[i] = at(row, i) + at(above, i);
      return;
    case 3:
      for (let i = 1; i <= step && i < end; i++) row[i] = at(row, i) + (at(above, i) >> 1);
      for (let i = 1 + step; i < end; i++) row[i] = at(row, i) + ((at(row, i - step) + at(above, i)) >> 1);
      return;
    case 4:
      for (let i = 1; i <= step && i < end; i++) row[i] = at(row, i) + at(above, i);
      for (let i = 1 + step; i < end; i++) {
        row[i] = at(row, i) + paeth(at(row, i - step), at(above, i), at(above, i - step));
      }
      return;
    default:
      throw corruptPhoto('The PNG has a row with an unknown filter.');
  }
}

function at(bytes: Uint8Array, index: number): number {
  return bytes[index] as number;
}

/** Whichever of left, up and upper left is nearest to left + up − upper left, in this order where two are as near. */
function paeth(left: number, up: number, upperLeft: number): number {
  const toLeft = Math.abs(up - upperLeft);
  const toUp = Math.abs(left - upperLeft);
  const toUpperLeft = Math.abs(left + up - 2 * upperLeft);
  if (toLeft <= toUp && toLeft <= toUpperLeft) return left;
  return toUp <= toUpperLeft ? up : upperLeft;
}

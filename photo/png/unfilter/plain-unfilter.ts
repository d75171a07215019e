import type { FilterName } from './row-unfilter.ts';

/** What a filter (W3C PNG, section 9.2) adds to a byte, of the bytes one pixel to the left, above and both. */
type PlainPredictor = (left: number, above: number, upperLeft: number) => number;

const predictors: Readonly<Record<FilterName, PlainPredictor>> = {
  none: () => 0,
  sub: (left) => left,
  up: (_left, above) => above,
  average: (left, above) => (left + above) >> 1,
  paeth(left, above, upperLeft) {
    const estimate = left + above - upperLeft;
    const [toLeft, toAbove, toUpperLeft] = [left, above, upperLeft].map((value) => Math.abs(estimate - value));
    if ((toLeft as number) <= (toAbove as number) && (toLeft as number) <= (toUpperLeft as number)) return left;
    return (toAbove as number) <= (toUpperLeft as number) ? above : upperLeft;
  },
};

/** The formulas of the kernels, unoptimised: what tests compare them with. A row whose pixels have `step` bytes, unfiltered. */
export function plainUnfilter(filter: FilterName, row: Uint8Array, above: Uint8Array, step: number): Uint8Array {
  const out = new Uint8Array(row.length);
  for (const at of row.keys()) {
    const left = out[at - step] ?? 0;
    out[at] = (row[at] as number) + predictors[filter](left, above[at] as number, above[at - step] ?? 0);
  }
  return out;
}

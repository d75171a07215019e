/** Most rows of a tile: six rows of eight columns are twelve accumulators, which leaves four of x86-64's sixteen vector registers. */
export const maximumTileRows = 6;

/** Six rows a tile, or five where that leaves fewer rows to a tile too short to hide the multiply-add's latency. */
export function tileRows(rows: number): number {
  const rest = (size: number) => (rows % size === 0 ? 0 : Math.max(4, rows % size) - (rows % size));
  return rest(maximumTileRows - 1) < rest(maximumTileRows) ? maximumTileRows - 1 : maximumTileRows;
}

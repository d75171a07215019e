/** Most outputs of a tile along a row: seven accumulators and five weights leave registers for the input. */
const widestTile = 7;
/** For maps narrower than the narrowest of the others, there is a tile of one output besides. */
const narrowestTile = 4;

export const tileWidths = [1, 4, 5, 6, widestTile] as const;
export const kernelWidths = [3, 5] as const;
export const strides = [1, 2] as const;

/** The width of the tiles that rows of `width` outputs are made of: few of them, alike as far as possible. */
export function chooseTileWidth(width: number): number {
  return width < narrowestTile ? 1 : Math.ceil(width / Math.ceil(width / widestTile));
}

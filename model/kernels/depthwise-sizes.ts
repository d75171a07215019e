/** Most outputs of a tile along a row: seven accumulators and five weights leave registers for the input. */
export const maximumTileWidth = 7;
export const kernelWidths = [3, 5] as const;
export const strides = [1, 2] as const;

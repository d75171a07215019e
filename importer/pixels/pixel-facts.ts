/** What a file format says outright of the pixels that its model takes, where it does. */
export type PixelFacts =
  /** The input is whole numbers: a byte 0–255 stands for byte × scale + offset. */
  | { readonly kind: 'bytes'; readonly scale: number; readonly offset: number }
  /** The input is real numbers that the model turns into whole ones, from the lowest to the highest seen in training. */
  | { readonly kind: 'range'; readonly low: number; readonly high: number }
  /** Written beside the model: (pixel − mean) ÷ deviation, one number or one a channel. */
  | { readonly kind: 'normalisation'; readonly mean: readonly number[]; readonly deviation: readonly number[] };

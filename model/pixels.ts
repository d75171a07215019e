/** A picture with its first row at the top: `data` holds `height` rows of `width` pixels of three bytes, red, green, blue. */
export interface RgbPixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

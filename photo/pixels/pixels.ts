/** A picture of three bytes a pixel, red, green, blue: `height` rows of `width` pixels, side by side from the top. */
export interface RgbPixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
  /** Where `data` holds those rows turned or mirrored. */
  readonly layout?: PixelLayout;
  /** Whether each pixel is the mean of a square of the photo's own. */
  readonly isReduced?: boolean;
  /** Where the pixels are only lent: gives their memory back, which a later photo then writes over. */
  readonly release?: () => void;
}

export type Colour = readonly [red: number, green: number, blue: number];

/**
 * Pixel (x, y) begins at `start + x * stepX + y * stepY` of the bytes: one of the eight turns and mirrors of whole rows, so
 * that a turned picture needs no copy.
 */
export interface PixelLayout {
  readonly start: number;
  readonly stepX: number;
  readonly stepY: number;
}

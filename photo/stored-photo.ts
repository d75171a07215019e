import type { RgbPixels } from './pixels/pixels.ts';

/** A larger picture would hold its memory for longer than it is worth. */
export const largestLentInBytes = 12_000_000;

export interface DecodeOptions {
  readonly maximumPixels: number;
  /** The same for what must be decoded at full size: WebP, or any photo without a minimum size. */
  readonly maximumFullSizePixels?: number;
  /** Memory that decoding may take, as estimated from the photo's header. */
  readonly maximumMegabytes?: number;
  /**
   * The photo, upright, may be decoded at a reduced scale as long as neither side falls below these. Without it: full size.
   */
  readonly minimumSize?: { readonly width: number; readonly height: number };
  /** The pixels may lie in memory that a later photo takes: whoever says so calls their `release` once they are used. */
  readonly mayLend?: boolean;
  /** Throws once nobody waits for the photo any more; decoders ask between rows and scans. */
  readonly throwIfOver?: () => void;
  /** Where the WebAssembly module of libwebp lies; the installed package's own unless given. */
  readonly webpWasmFile?: string;
}

/** What may make a photo's pixels. */
export type PhotoDecoder = 'own' | 'libwebp' | 'reference';

/** What a decoder hands on: the picture as the file stores it, not yet turned upright. */
export interface StoredPhoto {
  /** At full or reduced scale. */
  readonly pixels: RgbPixels;
  readonly storedWidth: number;
  readonly storedHeight: number;
  /** As in EXIF, 1–8. */
  readonly orientation: number;
  /** The decoder that made the pixels, for the answer's `photo`. */
  readonly decoder: PhotoDecoder;
}

/** @param canReduce whether the decoder has smaller scales than the full one */
export function mostPixels(options: DecodeOptions, canReduce: boolean): number {
  const { maximumPixels, maximumFullSizePixels = maximumPixels, minimumSize } = options;
  return canReduce && minimumSize !== undefined ? maximumPixels : Math.min(maximumPixels, maximumFullSizePixels);
}

/** The smallest size wanted, as the file stores the picture: on its side where the orientation says so. */
export function storedMinimumSize(
  options: DecodeOptions,
  orientation: number,
): { readonly width: number; readonly height: number } | undefined {
  const upright = options.minimumSize;
  if (upright === undefined || orientation < 5) return upright;
  return { width: upright.height, height: upright.width };
}

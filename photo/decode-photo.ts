import type { DecodeWatch } from './decode-watch.ts';
import { decodeJpegPhoto } from './jpeg/decode-jpeg-photo.ts';
import { isOnItsSide, turnUpright } from './orientation/orientation.ts';
import type { RgbPixels } from './pixels/pixels.ts';
import { fromSignature } from './sniff/from-signature.ts';
import { type PhotoFormat, sniff } from './sniff/sniff.ts';
import type { DecodeOptions, PhotoDecoder, StoredPhoto } from './stored-photo.ts';

export type { DecodeOptions } from './stored-photo.ts';

export interface PhotoFacts {
  readonly format: PhotoFormat;
  /** In pixels, upright, as a person sees the photo. */
  readonly width: number;
  readonly height: number;
  /** As in EXIF, 1–8; 1 where none is given or it is broken. */
  readonly orientation: number;
  readonly decoder: PhotoDecoder;
  /** What was wrong with the file and ignored, a few words each, since the picture is whole without it. */
  readonly warnings?: readonly string[];
}

/**
 * A photo's bytes to the picture that a person would see: turned upright, transparent parts on white.
 * @throws PhotoError `empty` without bytes; `turned-into-text`; `unsupported` naming what was found; `too-large`, measured
 *   from the header before any decoding; `corrupt` for a damaged or truncated photo, never pixels of a part
 */
export async function decodePhoto(
  bytes: Uint8Array,
  options: DecodeOptions,
): Promise<{ readonly pixels: RgbPixels; readonly photo: PhotoFacts }> {
  const warnings = new Set<string>();
  const file = fromSignature(bytes);
  if (file.length < bytes.length) warnings.add('bytes before its beginning');
  const format = sniff(file);
  const watch = { warn: (what: string) => warnings.add(what), throwIfOver: options.throwIfOver ?? (() => undefined) };
  const stored = await decodeStored(format, file, options, watch);
  const { storedWidth, storedHeight, orientation, decoder } = stored;
  const [width, height] = isOnItsSide(orientation) ? [storedHeight, storedWidth] : [storedWidth, storedHeight];
  return {
    pixels: turnUpright(stored.pixels, orientation),
    photo: { format, width, height, orientation, decoder, ...(warnings.size > 0 && { warnings: [...warnings] }) },
  };
}

async function decodeStored(
  format: PhotoFormat,
  bytes: Uint8Array,
  options: DecodeOptions,
  watch: DecodeWatch,
): Promise<StoredPhoto> {
  switch (format) {
    case 'jpeg':
      return decodeJpegPhoto(bytes, options, watch);
    case 'png': {
      // As little of every start: most photos are JPEGs.
      const { decodePng } = await import('./png/decode-png.ts');
      return decodePng(bytes, options, watch);
    }
    case 'webp': {
      // Loaded on the first WebP only: compiling it would cost every cold start.
      const { decodeWebp } = await import('./webp/decode-webp.ts');
      return decodeWebp(bytes, options, watch);
    }
  }
}

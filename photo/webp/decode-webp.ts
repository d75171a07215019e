import { type DecodeWatch, unwatched } from '../decode-watch.ts';
import { corruptPhoto } from '../photo-error.ts';
import { onWhite } from '../pixels/on-white.ts';
import { collectRows, reductionFactor } from '../pixels/row-collector.ts';
import { requireSizeWithin } from '../require-size-within.ts';
import { type DecodeOptions, type StoredPhoto, storedMinimumSize } from '../stored-photo.ts';
import { decodeByLibwebp, type RgbaPixels } from './libwebp.ts';
import { readWebpContainer, type WebpContainer } from './webp-container.ts';

/**
 * Decodes WebP, lossy and lossless; of an animation the first frame. Transparent parts are laid on white, and so is what a
 * first frame leaves free of the canvas.
 * @throws PhotoError `too-large` from the header alone, `corrupt` for damage
 */
export async function decodeWebp(
  webp: Uint8Array,
  options: DecodeOptions,
  watch: DecodeWatch = unwatched,
): Promise<StoredPhoto> {
  const container = readWebpContainer(webp);
  const { width, height, orientation, frame } = container;
  requireSizeWithin(width, height, options.maximumPixels);
  const pixels = await decodeByLibwebp(stillWebp(frame), options.webpWasmFile);
  if (pixels.width !== frame.width || pixels.height !== frame.height) throw corruptPhoto('The WebP has two sizes.');
  const factor = reductionFactor(width, height, storedMinimumSize(options, orientation));
  const collector = collectRows(width, height, factor);
  const rgb = new Uint8Array(3 * width);
  for (let y = 0; y < height; y++) {
    layRowOnWhite(pixels, container, y, rgb);
    collector.add(rgb, width, 0, y, 1);
    watch.throwIfOver();
  }
  return { pixels: collector.finish(), storedWidth: width, storedHeight: height, orientation, decoder: 'libwebp' };
}

/** Writes one row of the canvas, three bytes a pixel. */
function layRowOnWhite({ data }: RgbaPixels, { frame }: WebpContainer, y: number, rgb: Uint8Array): void {
  rgb.fill(255);
  const row = y - frame.y;
  if (row < 0 || row >= frame.height) return;
  const end = 4 * (row + 1) * frame.width;
  for (let from = 4 * row * frame.width, to = 3 * frame.x; from < end; from += 4, to += 3) {
    const alpha = data[from + 3] as number;
    rgb[to] = onWhite(data[from] as number, alpha);
    rgb[to + 1] = onWhite(data[from + 1] as number, alpha);
    rgb[to + 2] = onWhite(data[from + 2] as number, alpha);
  }
}

/** The frame as a file of its own: libwebp's plain interface takes no animations. */
function stillWebp(frame: WebpContainer['frame']): Uint8Array {
  const extended = frame.chunks.length > 1 ? [{ name: 'VP8X', data: extendedHeader(frame.width, frame.height) }] : [];
  const chunks = [...extended, ...frame.chunks].map(({ name, data }) => {
    const chunk = Buffer.alloc(8 + data.length + (data.length % 2));
    chunk.write(name, 'latin1');
    chunk.writeUInt32LE(data.length, 4);
    chunk.set(data, 8);
    return chunk;
  });
  const body = Buffer.concat([Buffer.from('RIFF\0\0\0\0WEBP', 'latin1'), ...chunks]);
  body.writeUInt32LE(body.length - 8, 4);
  return body;
}

/** RFC 9649, section 2.7.1.2, with no flag but the one for alpha. */
function extendedHeader(width: number, height: number): Uint8Array {
  const header = Buffer.alloc(10);
  header[0] = 0x10;
  header.writeUIntLE(width - 1, 4, 3);
  header.writeUIntLE(height - 1, 7, 3);
  return header;
}

import { readOrientation } from '../orientation/read-orientation.ts';
import { corruptPhoto, unsupportedFormat } from '../photo-error.ts';
import { type FrameSize, readFrameSize } from './webp-frame-size.ts';

interface Chunk {
  readonly name: string;
  readonly data: Uint8Array;
}

export interface WebpContainer {
  readonly width: number;
  readonly height: number;
  /** As in EXIF, 1–8. */
  readonly orientation: number;
  /** The picture, or the first frame of an animation, and where on the canvas its upper left corner lies. */
  readonly frame: FrameSize & { readonly x: number; readonly y: number; readonly chunks: readonly Chunk[] };
}

const riffHeaderSizeInBytes = 12;
const chunkHeaderSizeInBytes = 8;
/** In front of the chunks of an ANMF: position, size, duration and flags. */
const frameHeaderSizeInBytes = 16;
/** An animation has one for each frame. */
const maximumChunks = 100_000;
const pictureChunks = ['ALPH', 'VP8 ', 'VP8L'];

/**
 * Walks the RIFF chunks of a WebP (RFC 9649, section 2), decoding nothing.
 * @throws PhotoError `corrupt` where a chunk is cut off or the sizes contradict each other
 */
export function readWebpContainer(webp: Uint8Array): WebpContainer {
  const view = new DataView(webp.buffer, webp.byteOffset, webp.byteLength);
  if (webp.length < riffHeaderSizeInBytes + chunkHeaderSizeInBytes)
    throw corruptPhoto('The WebP ends inside its header.');
  const end = chunkHeaderSizeInBytes + view.getUint32(4, true);
  if (end > webp.length) throw corruptPhoto('The WebP is cut short: it says that it is longer.');
  const chunks = readChunks(webp.subarray(riffHeaderSizeInBytes, end));
  const [first] = chunks;
  if (first?.name !== 'VP8X') {
    const frame = { ...readFrame(chunks), x: 0, y: 0 };
    return { width: frame.width, height: frame.height, orientation: 1, frame };
  }
  const canvas = readCanvas(first.data);
  const dataOf = (name: string) => chunks.find((chunk) => chunk.name === name)?.data;
  const orientation = readOrientation({ exif: dataOf('EXIF'), xmp: dataOf('XMP ') });
  const animated = chunks.find((chunk) => chunk.name === 'ANMF');
  const frame = animated === undefined ? { ...readFrame(chunks), x: 0, y: 0 } : readAnimationFrame(animated.data);
  if (frame.x + frame.width > canvas.width || frame.y + frame.height > canvas.height) {
    throw corruptPhoto('The WebP has a picture larger than its canvas.');
  }
  if (animated === undefined && (frame.width !== canvas.width || frame.height !== canvas.height)) {
    throw corruptPhoto('The WebP has a picture of another size than its canvas.');
  }
  return { ...canvas, orientation, frame };
}

function readChunks(bytes: Uint8Array): Chunk[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chunks: Chunk[] = [];
  for (let at = 0; at + chunkHeaderSizeInBytes <= bytes.length; ) {
    const name = String.fromCharCode(...bytes.subarray(at, at + 4));
    const start = at + chunkHeaderSizeInBytes;
    const size = view.getUint32(at + 4, true);
    if (start + size > bytes.length) throw corruptPhoto('The WebP ends inside a chunk.');
    if (chunks.length === maximumChunks) throw corruptPhoto(`The WebP has more than ${maximumChunks} chunks.`);
    chunks.push({ name, data: bytes.subarray(start, start + size) });
    at = start + size + (size % 2);
  }
  return chunks;
}

function readCanvas(data: Uint8Array): { width: number; height: number } {
  if (data.length < 10) throw corruptPhoto('The WebP has a header of the wrong length.');
  return { width: 1 + uint24(data, 4), height: 1 + uint24(data, 7) };
}

/** The one picture among these chunks: lossless, or lossy with its alpha beside it. */
function readFrame(chunks: readonly Chunk[]): FrameSize & { chunks: readonly Chunk[] } {
  const picture = chunks.find((chunk) => chunk.name === 'VP8 ' || chunk.name === 'VP8L');
  if (picture === undefined) {
    if (chunks.some((chunk) => chunk.name === 'VP8X')) throw corruptPhoto('The WebP has no picture in it.');
    throw unsupportedFormat('This is a WebP of an unknown kind.');
  }
  const alpha = picture.name === 'VP8 ' ? chunks.filter((chunk) => chunk.name === 'ALPH').slice(0, 1) : [];
  return { ...readFrameSize(picture.name, picture.data), chunks: [...alpha, picture] };
}

function readAnimationFrame(data: Uint8Array): WebpContainer['frame'] {
  if (data.length < frameHeaderSizeInBytes) throw corruptPhoto('The WebP has a frame that is cut short.');
  const chunks = readChunks(data.subarray(frameHeaderSizeInBytes)).filter(({ name }) => pictureChunks.includes(name));
  return { ...readFrame(chunks), x: 2 * uint24(data, 0), y: 2 * uint24(data, 3) };
}

function uint24(bytes: Uint8Array, at: number): number {
  return (bytes[at] as number) | ((bytes[at + 1] as number) << 8) | ((bytes[at + 2] as number) << 16);
}

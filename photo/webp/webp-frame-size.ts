import { corruptPhoto } from '../photo-error.ts';

export interface FrameSize {
  readonly width: number;
  readonly height: number;
}

/** The size in the first bytes of a lossy (`VP8 `) or lossless (`VP8L`) picture. */
export function readFrameSize(chunkName: string, data: Uint8Array): FrameSize {
  const size = chunkName === 'VP8L' ? readLossless(data) : readLossy(data);
  if (size === undefined || size.width === 0 || size.height === 0) {
    throw corruptPhoto('The WebP has a picture whose header is damaged.');
  }
  return size;
}

/** RFC 6386, section 9.1: a key frame's tag, its start code, then 14 bits each of width and height. */
function readLossy(data: Uint8Array): FrameSize | undefined {
  const isKeyFrame = ((data[0] as number) & 1) === 0;
  if (data.length < 10 || !isKeyFrame || data[3] !== 0x9d || data[4] !== 0x01 || data[5] !== 0x2a) return undefined;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  return { width: view.getUint16(6, true) & 0x3fff, height: view.getUint16(8, true) & 0x3fff };
}

/** RFC 9649, section 3.4: a signature byte, then 14 bits each of width − 1 and height − 1. */
function readLossless(data: Uint8Array): FrameSize | undefined {
  if (data.length < 5 || data[0] !== 0x2f) return undefined;
  const bits = new DataView(data.buffer, data.byteOffset, data.byteLength).getUint32(1, true);
  return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) };
}

import { corruptPhoto } from '../photo-error.ts';

/** The colour types of PNG (W3C PNG section 11.2.1), by the number that IHDR gives. */
export const colourTypes = {
  grey: 0,
  rgb: 2,
  palette: 3,
  greyAlpha: 4,
  rgbAlpha: 6,
} as const;

const channelsByColourType = new Map<number, number>([
  [colourTypes.grey, 1],
  [colourTypes.rgb, 3],
  [colourTypes.palette, 1],
  [colourTypes.greyAlpha, 2],
  [colourTypes.rgbAlpha, 4],
]);

const depthsByColourType = new Map<number, readonly number[]>([
  [colourTypes.grey, [1, 2, 4, 8, 16]],
  [colourTypes.rgb, [8, 16]],
  [colourTypes.palette, [1, 2, 4, 8]],
  [colourTypes.greyAlpha, [8, 16]],
  [colourTypes.rgbAlpha, [8, 16]],
]);

export interface PngHeader {
  readonly width: number;
  readonly height: number;
  /** Bits a sample. */
  readonly depth: number;
  readonly colourType: number;
  /** Samples a pixel. */
  readonly channels: number;
  readonly interlaced: boolean;
}

/** Reads the 13 bytes of IHDR, of which every combination that PNG does not define is refused as damage. */
export function readPngHeader(data: Uint8Array): PngHeader {
  if (data.length !== 13) throw corruptPhoto('The PNG has a header of the wrong length.');
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const width = view.getUint32(0);
  const height = view.getUint32(4);
  const depth = view.getUint8(8);
  const colourType = view.getUint8(9);
  const [compression, filter, interlace] = [view.getUint8(10), view.getUint8(11), view.getUint8(12)];
  if (width === 0 || height === 0 || width > 0x7fffffff || height > 0x7fffffff) {
    throw corruptPhoto('The PNG has a header with an impossible size.');
  }
  const channels = channelsByColourType.get(colourType);
  if (channels === undefined || !depthsByColourType.get(colourType)?.includes(depth)) {
    throw corruptPhoto(
      `The PNG claims ${depth} bits a sample in colour type ${colourType}, which do not exist together.`,
    );
  }
  if (compression !== 0 || filter !== 0 || interlace > 1) {
    throw corruptPhoto('The PNG claims a compression, filter or interlace method that does not exist.');
  }
  return { width, height, depth, colourType, channels, interlaced: interlace === 1 };
}

/** Bytes of one row of `width` pixels, without the byte that names its filter. */
export function rowSizeInBytes(header: PngHeader, width: number): number {
  return Math.ceil((width * header.channels * header.depth) / 8);
}

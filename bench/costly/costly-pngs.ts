import { crc32, deflateSync } from 'node:zlib';

const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');

export interface PngShape {
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  readonly colourType: number;
  readonly interlaced: boolean;
  /** Bits a pixel. */
  readonly bits: number;
}

function chunk(name: string, data: Uint8Array): Buffer {
  const bytes = Buffer.alloc(12 + data.length);
  bytes.writeUInt32BE(data.length, 0);
  bytes.write(name, 4, 'latin1');
  bytes.set(data, 8);
  bytes.writeUInt32BE(crc32(bytes.subarray(4, 8 + data.length)), 8 + data.length);
  return bytes;
}

function header({ width, height, depth, colourType, interlaced }: PngShape): Buffer {
  const data = Buffer.alloc(13);
  data.writeUInt32BE(width, 0);
  data.writeUInt32BE(height, 4);
  data.set([depth, colourType, 0, 0, interlaced ? 1 : 0], 8);
  return chunk('IHDR', data);
}

const passes = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

/** Rows of zeros filtered by Paeth, the filter that takes longest. */
export function pngOfNothing(shape: PngShape): Buffer {
  const rows: Buffer[] = [];
  for (const [x, y, stepX, stepY] of shape.interlaced ? passes : ([[0, 0, 1, 1]] as const)) {
    const across = Math.ceil((shape.width - x) / stepX);
    const down = Math.ceil((shape.height - y) / stepY);
    if (across < 1 || down < 1) continue;
    const row = Buffer.alloc(1 + Math.ceil((across * shape.bits) / 8));
    row[0] = 4;
    rows.push(Buffer.alloc(row.length * down, row));
  }
  const image = chunk('IDAT', deflateSync(Buffer.concat(rows)));
  return Buffer.concat([signature, header(shape), image, chunk('IEND', Buffer.alloc(0))]);
}

/** A small picture behind so many empty chunks of one name. */
export function pngFlood(name: string, sizeInBytes: number): Buffer {
  const shape = { width: 8, height: 8, depth: 8, colourType: 0, interlaced: false, bits: 8 };
  const one = chunk(name, Buffer.alloc(0));
  const flood = Buffer.alloc(one.length * Math.floor(sizeInBytes / one.length), one);
  const image = chunk('IDAT', deflateSync(Buffer.alloc(9 * 8)));
  return Buffer.concat([signature, header(shape), flood, image, chunk('IEND', Buffer.alloc(0))]);
}

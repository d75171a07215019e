import { crc32, deflateRawSync, deflateSync } from 'node:zlib';

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

const blocksOfNothing = {
  /** Of the codes that a block need not give: ten bits, four times, then for each whole bytes. */
  fixed: Buffer.of(0x02, 0x08, 0x20, 0x80, 0x00),
  /** Of one code, that for the end of the block: twelve bytes but for four bits, twice. */
  own: twice(endOfBlockAlone()),
} as const;

/** A small picture behind blocks of deflate that hold nothing. */
export function pngOfBlocks(kind: keyof typeof blocksOfNothing, sizeInBytes: number): Buffer {
  const shape = { width: 8, height: 8, depth: 8, colourType: 0, interlaced: false, bits: 8 };
  const blocks = blocksOfNothing[kind];
  const flood = Buffer.alloc(blocks.length * Math.floor(sizeInBytes / blocks.length), blocks);
  const stream = Buffer.concat([Buffer.of(0x78, 0x9c), flood, deflateRawSync(Buffer.alloc(9 * 8))]);
  return Buffer.concat([signature, header(shape), chunk('IDAT', stream), chunk('IEND', Buffer.alloc(0))]);
}

/** The bits of a block (RFC 1951, section 3.2.7), each number's lowest first: no literals, one code of one bit, and that. */
function endOfBlockAlone(): readonly number[] {
  const bits: number[] = [];
  const put = (value: number, count: number) => {
    for (let at = 0; at < count; at++) bits.push((value >> at) & 1);
  };
  put(0b100, 3);
  for (const count of [0, 0]) put(count, 5);
  put(14, 4);
  // Of the lengths of codes there are 18 (zeros), 0 and 1, which take one bit, two and two.
  for (const symbol of [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1]) {
    put(symbol === 18 ? 1 : symbol <= 1 ? 2 : 0, 3);
  }
  for (const zeros of [138, 118]) put((zeros - 11) << 1, 8);
  bits.push(1, 1, 1, 0, 0);
  return bits;
}

function twice(bits: readonly number[]): Uint8Array {
  const all = [...bits, ...bits];
  return Uint8Array.from({ length: all.length / 8 }, (_, byte) =>
    all.slice(8 * byte, 8 * byte + 8).reduce((value, bit, at) => value + (bit << at), 0),
  );
}

/** JPEGs of few bytes and much work: every block is coded in the fewest bits that the format has for one. */

interface FrameShape {
  readonly width: number;
  readonly height: number;
  readonly components: number;
}

interface ScanShape {
  readonly components: readonly number[];
  readonly start: number;
  readonly end: number;
  readonly high: number;
  readonly low: number;
}

function segment(code: number, payload: Uint8Array): Buffer {
  const head = Buffer.from([0xff, code, 0, 0]);
  head.writeUInt16BE(payload.length + 2, 2);
  return Buffer.concat([head, payload]);
}

const startMarker = Buffer.of(0xff, 0xd8);
const endMarker = Buffer.of(0xff, 0xd9);
const quantisation = segment(0xdb, Buffer.concat([Buffer.of(0), Buffer.alloc(64, 1)]));

/** A table of two codes: `0` for the first symbol and `10` for the second. */
function huffman(tableClass: 0 | 1, symbols: readonly [number, number]): Buffer {
  return segment(0xc4, Buffer.from([tableClass << 4, 1, 1, ...new Array(14).fill(0), ...symbols]));
}

function frame(code: number, { width, height, components }: FrameShape): Buffer {
  const payload = Buffer.alloc(6 + 3 * components);
  payload[0] = 8;
  payload.writeUInt16BE(height, 1);
  payload.writeUInt16BE(width, 3);
  payload[5] = components;
  for (let index = 0; index < components; index++) payload.set([index + 1, 0x11, 0], 6 + 3 * index);
  return segment(code, payload);
}

function scanHeader({ components, start, end, high, low }: ScanShape): Buffer {
  const named = components.flatMap((index) => [index + 1, 0]);
  return segment(0xda, Buffer.from([components.length, ...named, start, end, (high << 4) | low]));
}

const blocksOf = ({ width, height }: FrameShape) => Math.ceil(width / 8) * Math.ceil(height / 8);

/** Baseline in one scan, two zero bits a block. */
export function baselineOfNothing(shape: FrameShape): Buffer {
  const all = Array.from({ length: shape.components }, (_, index) => index);
  const data = Buffer.alloc(Math.ceil((blocksOf(shape) * shape.components * 2) / 8));
  return Buffer.concat([
    startMarker,
    quantisation,
    frame(0xc0, shape),
    huffman(0, [0, 1]),
    huffman(1, [0, 1]),
    scanHeader({ components: all, start: 0, end: 63, high: 0, low: 0 }),
    data,
    endMarker,
  ]);
}

/** The same with each component in a scan of its own, so that samples are kept until the last is there. */
export function baselineOfScans(shape: FrameShape): Buffer {
  const scans = Array.from({ length: shape.components }, (_, index) => [
    scanHeader({ components: [index], start: 0, end: 63, high: 0, low: 0 }),
    Buffer.alloc(Math.ceil((blocksOf(shape) * 2) / 8)),
  ]);
  const tables = [quantisation, frame(0xc0, shape), huffman(0, [0, 1]), huffman(1, [0, 1])];
  return Buffer.concat([startMarker, ...tables, ...scans.flat(), endMarker]);
}

/**
 * Progressive: DC refined from `low` on bit by bit, details in `bands` refined as often as scans are allowed; their blocks
 * come in runs of 32,767 that hold nothing.
 */
export function progressiveOfNothing(
  shape: FrameShape,
  low: number,
  bands: readonly (readonly [number, number])[],
  most: number,
): Buffer {
  const all = Array.from({ length: shape.components }, (_, index) => index);
  const blocks = blocksOf(shape);
  const dcData = Buffer.alloc(Math.ceil((blocks * shape.components) / 8));
  const acData = runsOfNothing(blocks);
  const details = all.length * bands.length;
  // As many details as fit between the scans of DC, each known to the last bit in the end.
  const detailLow = Math.min(13, Math.max(0, Math.floor((most - low - 1) / details) - 1));
  const scans: Buffer[] = [];
  for (let bit = low; bit >= 0; bit--) {
    scans.push(scanHeader({ components: all, start: 0, end: 0, high: bit === low ? 0 : bit + 1, low: bit }), dcData);
  }
  for (let bit = detailLow; bit >= 0; bit--) {
    for (const index of all) {
      for (const [start, end] of bands) {
        const high = bit === detailLow ? 0 : bit + 1;
        scans.push(scanHeader({ components: [index], start, end, high, low: bit }), acData);
      }
    }
  }
  const tables = [quantisation, frame(0xc2, shape), huffman(0, [0, 1]), huffman(1, [0xe0, 0x00])];
  return Buffer.concat([startMarker, ...tables, ...scans, endMarker]);
}

/** Runs of 2^14 blocks and more are the symbol of code `0` and 14 bits; single blocks behind them code `10`. */
function runsOfNothing(blocks: number): Buffer {
  const bits: number[] = [];
  let left = blocks;
  for (; left >= 16_384; left -= Math.min(left, 32_767)) {
    const extra = Math.min(left, 32_767) - 16_384;
    bits.push(0, ...Array.from({ length: 14 }, (_, at) => (extra >> (13 - at)) & 1));
  }
  for (; left > 0; left--) bits.push(1, 0);
  while (bits.length % 8 !== 0) bits.push(1);
  const bytes: number[] = [];
  for (let at = 0; at < bits.length; at += 8) {
    const byte = bits.slice(at, at + 8).reduce((value, bit) => 2 * value + bit, 0);
    bytes.push(byte, ...(byte === 0xff ? [0] : []));
  }
  return Buffer.from(bytes);
}

/** A small picture behind so many segments of one kind. */
export function floodOf(code: number, payload: Uint8Array, sizeInBytes: number): Buffer {
  const one = segment(code, payload);
  const flood = Buffer.alloc(one.length * Math.floor(sizeInBytes / one.length), one);
  const small = baselineOfNothing({ width: 8, height: 8, components: 1 });
  return Buffer.concat([startMarker, flood, small.subarray(2)]);
}

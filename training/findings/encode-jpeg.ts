import { naturalOrder } from '../../photo/jpeg/markers/zigzag.ts';
import type { RgbPixels } from '../../photo/pixels/pixels.ts';
import { BitWriter } from './bit-writer.ts';
import { type HuffmanTable, runTable, sizeTable, stepsOf } from './jpeg-tables.ts';

const side = 8;
const blockLength = side * side;
const endOfBlock = 0x00;
const sixteenZeros = 0xf0;

/** From red, green and blue to brightness and two differences of colour, all around 0 (JFIF 1.02). */
const components = [
  { id: 1, kind: 'brightness', red: 0.299, green: 0.587, blue: 0.114, offset: -128 },
  { id: 2, kind: 'colour', red: -0.168736, green: -0.331264, blue: 0.5, offset: 0 },
  { id: 3, kind: 'colour', red: 0.5, green: -0.418688, blue: -0.081312, offset: 0 },
] as const;

/** Row after row, the waves that a row or column of eight is made of (ITU-T T.81, A.3.3). */
const waves = Float64Array.from({ length: blockLength }, (_, at) => {
  const [wave, place] = [Math.floor(at / side), at % side];
  const scale = wave === 0 ? Math.SQRT1_2 / 2 : 0.5;
  return scale * Math.cos(((2 * place + 1) * wave * Math.PI) / (2 * side));
});

/**
 * A picture as a baseline JPEG, its colours as fine as its brightness. It is for many small pictures: no table is made anew
 * for each, so that one of 100 pixels takes a millisecond.
 * @param quality from 1 to 100
 */
export function encodeJpeg(pixels: RgbPixels, quality: number): Uint8Array {
  const steps = { brightness: stepsOf('brightness', quality), colour: stepsOf('colour', quality) };
  const bits = new BitWriter(Buffer.concat(headersOf(pixels, steps)));
  const block = new Float64Array(blockLength);
  const between = new Float64Array(blockLength);
  const earlier = components.map(() => 0);
  for (let top = 0; top < pixels.height; top += side) {
    for (let left = 0; left < pixels.width; left += side) {
      for (const [index, component] of components.entries()) {
        readBlock(pixels, left, top, component, block);
        // Columns, then rows: each turns the block over, so that it ends as it began.
        transform(block, between);
        transform(between, block);
        const first = writeBlock(bits, block, steps[component.kind], earlier[index] as number);
        earlier[index] = first;
      }
    }
  }
  return bits.finish([0xff, 0xd9]);
}

function headersOf(
  { width, height }: RgbPixels,
  steps: Readonly<Record<'brightness' | 'colour', Uint8Array>>,
): Uint8Array[] {
  const segment = (marker: number, payload: readonly number[]) => {
    const length = payload.length + 2;
    return Uint8Array.from([0xff, marker, length >> 8, length & 255, ...payload]);
  };
  const inZigzag = (table: Uint8Array) =>
    Array.from({ length: blockLength }, (_, at) => table[naturalOrder[at] as number] as number);
  const huffman = ({ counts, symbols }: HuffmanTable) => [...counts, ...symbols];
  const size = [height >> 8, height & 255, width >> 8, width & 255];
  const quantised = components.flatMap(({ id, kind }) => [id, 0x11, kind === 'brightness' ? 0 : 1]);
  const coded = components.flatMap(({ id }) => [id, 0x00]);
  return [
    Uint8Array.of(0xff, 0xd8),
    segment(0xe0, [...Buffer.from('JFIF\0'), 1, 2, 0, 0, 1, 0, 1, 0, 0]),
    segment(0xdb, [0, ...inZigzag(steps.brightness), 1, ...inZigzag(steps.colour)]),
    segment(0xc0, [8, ...size, components.length, ...quantised]),
    segment(0xc4, [0x00, ...huffman(sizeTable), 0x10, ...huffman(runTable)]),
    segment(0xda, [components.length, ...coded, 0, blockLength - 1, 0]),
  ];
}

type Component = (typeof components)[number];

/** Past the picture's edges its last column and row go on. */
function readBlock(
  { width, height, data }: RgbPixels,
  left: number,
  top: number,
  { red, green, blue, offset }: Component,
  block: Float64Array,
): void {
  for (let y = 0; y < side; y++) {
    const row = Math.min(top + y, height - 1) * width;
    for (let x = 0; x < side; x++) {
      const at = 3 * (row + Math.min(left + x, width - 1));
      block[y * side + x] =
        red * (data[at] as number) + green * (data[at + 1] as number) + blue * (data[at + 2] as number) + offset;
    }
  }
}

/**
 * The waves of each column of `from`, as a row of `to`. The second half of an even wave mirrors its first, that of an odd one
 * turned over, so that each is a sum of four.
 */
function transform(from: Float64Array, to: Float64Array): void {
  for (let column = 0; column < side; column++) {
    const [a, b, c, d, e, f, g, h] = [
      from[column] as number,
      from[column + 8] as number,
      from[column + 16] as number,
      from[column + 24] as number,
      from[column + 32] as number,
      from[column + 40] as number,
      from[column + 48] as number,
      from[column + 56] as number,
    ];
    for (let wave = 0; wave < side; wave += 2) {
      to[column * side + wave] = sumOf(wave, a + h, b + g, c + f, d + e);
      to[column * side + wave + 1] = sumOf(wave + 1, a - h, b - g, c - f, d - e);
    }
  }
}

function sumOf(wave: number, first: number, second: number, third: number, fourth: number): number {
  const at = wave * side;
  return (
    (waves[at] as number) * first +
    (waves[at + 1] as number) * second +
    (waves[at + 2] as number) * third +
    (waves[at + 3] as number) * fourth
  );
}

/** Writes the difference of the first coefficient from `earlier`, and runs of zeros between the others (T.81, F.1.2). */
function writeBlock(bits: BitWriter, block: Float64Array, steps: Uint8Array, earlier: number): number {
  const quantise = (place: number) => Math.round((block[place] as number) / (steps[place] as number));
  const first = quantise(0);
  writeValue(bits, sizeTable, 0, first - earlier);
  let run = 0;
  for (let at = 1; at < blockLength; at++) {
    const value = quantise(naturalOrder[at] as number);
    if (value === 0) {
      run++;
      continue;
    }
    for (; run >= 16; run -= 16) writeSymbol(bits, runTable, sixteenZeros);
    writeValue(bits, runTable, run, value);
    run = 0;
  }
  if (run > 0) writeSymbol(bits, runTable, endOfBlock);
  return first;
}

function writeValue(bits: BitWriter, table: HuffmanTable, run: number, value: number): void {
  const size = 32 - Math.clz32(Math.abs(value));
  writeSymbol(bits, table, 16 * run + size);
  bits.write(value < 0 ? value + (1 << size) - 1 : value, size);
}

function writeSymbol(bits: BitWriter, { codes, lengths }: HuffmanTable, symbol: number): void {
  bits.write(codes[symbol] as number, lengths[symbol] as number);
}

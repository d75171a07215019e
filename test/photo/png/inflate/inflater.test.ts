import { constants, deflateRawSync, deflateSync, inflateRawSync, type ZlibOptions } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomSource } from '../../../../model/calibration/random-source.ts';
import { PhotoError } from '../../../../photo/photo-error.ts';
import { Inflater, inflaterSizeInBytes } from '../../../../photo/png/inflate/inflater.ts';
import { plainInflate } from '../../../../photo/png/inflate/plain-inflate.ts';
import { PngWorkspace } from '../../../../photo/png/kernels/png-workspace.ts';
import { photoErrorOf } from '../../../helpers/photo-error.ts';

function inflated(parts: Iterable<Uint8Array>): Buffer {
  const workspace = new PngWorkspace(inflaterSizeInBytes);
  const chunks: Buffer[] = [];
  try {
    const inflater = new Inflater(workspace, parts);
    for (let chunk = inflater.read(); chunk !== undefined; chunk = inflater.read()) chunks.push(Buffer.from(chunk));
  } finally {
    workspace.release();
  }
  return Buffer.concat(chunks);
}

/** In zlib's frame, without the check value that nobody looks at. */
const framed = (deflate: Uint8Array) => [Uint8Array.of(0x78, 0x9c), deflate];

const random = randomSource(1);
const noise = (length: number, most = 256) => Buffer.from(Array.from({ length }, () => Math.floor(random() * most)));

/** Each byte so much rarer than the one before that codes get as long as they may: Fibonacci's numbers. */
function rareBytes(): Buffer {
  const counts = [1, 1];
  while (counts.length < 22) counts.push((counts.at(-1) as number) + (counts.at(-2) as number));
  return Buffer.concat(counts.map((count, byte) => Buffer.alloc(count, byte)));
}

/** A pattern of each length up to 40, repeated for 3 bytes, 4, … up to more than one repetition holds. */
function patterns(): Buffer {
  const lengths = Array.from({ length: 40 }, (_, i) => i + 1);
  return Buffer.concat(
    lengths.flatMap((length) => [3, 20, 258, 600].map((size) => Buffer.alloc(length + size, noise(length)))),
  );
}

const contents: readonly (readonly [name: string, bytes: Buffer])[] = [
  ['nothing', Buffer.alloc(0)],
  ['one byte', Buffer.of(7)],
  ['noise', noise(70_000)],
  ['noise of few values', noise(300_000, 5)],
  ['one value', Buffer.alloc(500_000, 9)],
  ['short patterns', patterns()],
  ['codes of up to 15 bits', rareBytes()],
  [
    'the farthest repetition',
    Buffer.concat(
      [noise(32_768), Buffer.alloc(32_768)].map((part, _, [first]) => (part === first ? part : (first as Buffer))),
    ),
  ],
];
const ways: readonly (readonly [name: string, options: ZlibOptions])[] = [
  ['as usual', {}],
  ['stored', { level: 0 }],
  ['fast', { level: 1 }],
  ['by fixed codes', { strategy: constants.Z_FIXED }],
  ['without repetitions', { strategy: constants.Z_HUFFMAN_ONLY }],
  ['with repetitions of one byte', { strategy: constants.Z_RLE }],
  ['in a window of 512 bytes and small blocks', { windowBits: 9, memLevel: 1 }],
];

describe('what zlib deflates', () => {
  describe.each(ways)('%s', (_, options) => {
    it.each(contents)('is inflated: %s', (_, bytes) => {
      const stream = deflateSync(bytes, options);

      const result = inflated([stream]);

      expect(result.equals(bytes)).toBe(true);
    });
  });

  it('is inflated where fixed codes and others take turns', () => {
    const pieces = Array.from({ length: 300 }, (_, at) => noise(at % 4 === 1 ? 300 : at % 7, 9));
    const blocks = pieces.map((piece, at) => {
      const way = [{ strategy: constants.Z_FIXED }, {}, { strategy: constants.Z_FIXED }, { level: 0 }][at % 4];
      return deflateRawSync(piece, { ...way, finishFlush: constants.Z_SYNC_FLUSH });
    });

    const result = inflated(framed(Buffer.concat([...blocks, deflateRawSync(Buffer.alloc(0))])));

    expect(result.equals(Buffer.concat(pieces))).toBe(true);
  });

  it.each([1, 7, 1000])('is inflated from pieces of %i bytes', (size) => {
    const bytes = Buffer.concat([noise(3000), noise(20_000, 3)]);
    const stream = deflateSync(bytes);
    const pieces = Array.from({ length: Math.ceil(stream.length / size) }, (_, i) =>
      stream.subarray(i * size, (i + 1) * size),
    );

    const result = inflated(pieces);

    expect(result.equals(bytes)).toBe(true);
  });

  it('comes to what the plain twin makes of it', () => {
    const bytes = fc.array(fc.tuple(fc.uint8Array({ minLength: 1, maxLength: 40 }), fc.integer({ min: 1, max: 90 })));
    const way = fc.constantFrom(...ways.map(([, options]) => options));
    fc.assert(
      fc.property(bytes, way, (pieces, options) => {
        const deflate = deflateRawSync(
          Buffer.concat(pieces.map(([piece, times]) => Buffer.alloc(piece.length * times, piece))),
          options,
        );

        const result = inflated(framed(deflate));

        expect(result).toEqual(Buffer.from(plainInflate(deflate)));
      }),
      { numRuns: 40 },
    );
  });
});

describe('what is damaged', () => {
  const healthy = deflateRawSync(Buffer.concat([noise(60, 12), Buffer.alloc(90, 'abc'), noise(10)]));

  it('is refused where zlib refuses it, and else comes to the same bytes', () => {
    for (let bit = 0; bit < 8 * healthy.length; bit++) {
      const damaged = Buffer.from(healthy);
      damaged[bit >> 3] = (damaged[bit >> 3] as number) ^ (1 << (bit & 7));

      const results = [() => inflateRawSync(damaged), () => inflated(framed(damaged))].map(orRefused);

      expect(results[1], `bit ${bit}`).toEqual(results[0]);
    }
  });

  it('is refused in a header of codes where zlib refuses it, and else comes to the same bytes', () => {
    const few = Buffer.concat([noise(900, 40), Buffer.alloc(300, noise(50, 90))]);
    const headers = [
      deflateRawSync(few),
      deflateRawSync(few, { strategy: constants.Z_HUFFMAN_ONLY }),
      deflateRawSync(rareBytes().subarray(0, 2500), { strategy: constants.Z_HUFFMAN_ONLY }),
    ];
    // Each begins with the last block, of codes of its own.
    expect(headers.map(([first = 0]) => first & 7)).toEqual([0b101, 0b101, 0b101]);
    for (const header of headers) {
      for (let bit = 0; bit < 8 * 70; bit++) {
        const damaged = Buffer.from(header);
        damaged[bit >> 3] = (damaged[bit >> 3] as number) ^ (1 << (bit & 7));

        const results = [() => inflateRawSync(damaged), () => inflated(framed(damaged))].map(orRefused);

        expect(results[1], `bit ${bit}`).toEqual(results[0]);
      }
    }
  });

  it('is refused wherever it is cut', async () => {
    for (let length = 0; length < healthy.length; length++) {
      const error = await photoErrorOf(() => inflated(framed(healthy.subarray(0, length))));

      expect(error.kind, `${length} bytes`).toBe('corrupt');
    }
  });

  it.each([
    ['nothing at all', []],
    ['half a header', [0x78]],
    ['another method', [0x77, 0x9f, 3, 0]],
    ['too large a window', [0x88, 0x1c, 3, 0]],
    ['a dictionary', [0x78, 0x20 + 0x9b - 0x80, 3, 0]],
    ['a wrong check of the header', [0x78, 0x9d, 3, 0]],
    ['a third kind of block', [0x78, 0x9c, 7, 0]],
    ['a stored block whose lengths differ', [0x78, 0x9c, 1, 1, 0, 0, 0, 5]],
    ['a repetition of what was never there', [0x78, 0x9c, 0x03, 0x02, 0, 0]],
    ['a length symbol that does not exist', [0x78, 0x9c, 0x1b, 0x03, 0, 0]],
  ])('is refused: %s', async (_, bytes) => {
    const error = await photoErrorOf(() => inflated([Uint8Array.from(bytes)]));

    expect(error.kind).toBe('corrupt');
  });
});

/** The bytes in hexadecimal, of which two are compared much sooner. */
function orRefused(work: () => Buffer): string {
  try {
    return work().toString('hex');
  } catch (error) {
    if (error instanceof PhotoError || (error instanceof Error && 'code' in error)) return 'refused';
    throw error;
  }
}

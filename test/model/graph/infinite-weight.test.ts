/// <reference lib="esnext.float16" />
import { describe, expect, it } from 'vitest';
import { InfiniteWeightFinder } from '../../../model/graph/infinite-weight.ts';

const bytesOf = (numbers: Float32Array | Float16Array | Uint8Array) =>
  new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);

/** Some bytes before, so that floats begin at `from`, and some after; looked at in chunks as they are read. */
function find(type: string, numbers: Float32Array | Float16Array, from: number, chunkInBytes: number) {
  const file = new Uint8Array(from + numbers.byteLength + 3).fill(0xff);
  file.set(bytesOf(numbers), from);
  const weights = [
    { name: 'before', type: 'uint8', from: 0, sizeInBytes: from },
    { name: 'kernel', type, from, sizeInBytes: numbers.byteLength },
  ];
  const finder = new InfiniteWeightFinder(weights, chunkInBytes);
  for (let at = 0; at < file.length; at += chunkInBytes) {
    const part = file.subarray(at, at + chunkInBytes);
    finder.chunk.set(part);
    finder.look(part.length, at);
  }
  return finder.found;
}

const places = [0, 1, 2, 3, 4, 5, 6, 7];

describe.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])('a weight of %d', (bad) => {
  it.each(places)('is found wherever it stands among floats from byte %d on', (from) => {
    for (let at = 0; at < 29; at++) {
      const numbers = Float32Array.from({ length: 29 }, (_, index) => (index === at ? bad : 3.4e38));
      for (const chunk of [16, 24, 64])
        expect(find('float32', numbers, from, chunk), `${at} of ${chunk}`).toBe('kernel');
    }
  });

  it.each(places)('is found wherever it stands among half floats from byte %d on', (from) => {
    for (let at = 0; at < 29; at++) {
      const numbers = Float16Array.from({ length: 29 }, (_, index) => (index === at ? bad : 65504));
      for (const chunk of [16, 24, 64])
        expect(find('float16', numbers, from, chunk), `${at} of ${chunk}`).toBe('kernel');
    }
  });
});

describe('weights that are finite', () => {
  it.each(places)('are nothing to complain of, from byte %d on', (from) => {
    const floats = Float32Array.of(3.4e38, -3.4e38, 0, 1e-45, -1, 0.1, 65504);
    const halves = Float16Array.of(65504, -65504, 0, 6e-8, -1, 0.1, 1000);
    for (const chunk of [16, 24, 64]) {
      expect(find('float32', floats, from, chunk)).toBeUndefined();
      expect(find('float16', halves, from, chunk)).toBeUndefined();
    }
  });
});

import { describe, expect, it } from 'vitest';
import { memorySource } from '../../../importer/container/byte-source.ts';
import { hideUnsoundHeaps } from '../../../importer/container/global-heap.ts';

type HeapObject = readonly [index: number, size: number];

/** A heap of this size, with headers of objects one behind the other, each at `at` or behind what the one before takes. */
function heapOf(size: number, objects: readonly HeapObject[], length = size): Buffer {
  const heap = Buffer.alloc(length);
  heap.set([0x47, 0x43, 0x4f, 0x4c, 1, 0, 0, 0]);
  heap.writeBigUInt64LE(BigInt(size), 8);
  let at = 16;
  for (const [index, own] of objects) {
    heap.writeUInt16LE(index, at);
    heap.writeBigUInt64LE(BigInt(own), at + 8);
    at += index === 0 ? own : 16 + Math.ceil(own / 8) * 8;
  }
  return heap;
}

/** Whether the heap is left as it is, read as a part of a file that goes on behind it. */
function isLeft(heap: Buffer, before = 0): boolean {
  const file = Buffer.concat([Buffer.alloc(before, 1), heap]);
  const target = Buffer.from(file);
  hideUnsoundHeaps(target, 0, memorySource(file));
  return target.equals(file);
}

describe('a global heap', () => {
  it.each<[string, Buffer]>([
    ['of nothing', heapOf(16, [])],
    ['of an object without data', heapOf(32, [[1, 0]])],
    ['of an object whose data is filled up to eight bytes', heapOf(40, [[1, 3]])],
    [
      'of two objects',
      heapOf(16 + 24 + 32, [
        [1, 8],
        [2, 9],
      ]),
    ],
    ['of free space', heapOf(16 + 20, [[0, 20]])],
    ['of as little free space as has a header', heapOf(32, [[0, 16]])],
    ['with too little at its end for one more', heapOf(16 + 24 + 15, [[1, 8]])],
  ])('%s is left as it is', (_, heap) => {
    expect(isLeft(heap)).toBe(true);
    expect(isLeft(heap, 24)).toBe(true);
  });

  it.each<[string, Buffer]>([
    ['smaller than its header', heapOf(15, [], 32)],
    ['one byte larger than the file', heapOf(33, [[1, 0]], 32)],
    ['with an object one byte larger than it', heapOf(39, [[1, 3]], 40)],
    ['with an object beyond all bounds', heapOf(40, [[1, 2 ** 60]])],
    ['with free space smaller than its header', heapOf(48, [[0, 15]])],
    ['with free space of nothing, which would be walked without end', heapOf(48, [[0, 0]])],
    ['cut off in its header', heapOf(16, []).subarray(0, 12)],
  ])('%s is hidden', (_, heap) => {
    expect(isLeft(heap)).toBe(false);
    expect(isLeft(heap, 24)).toBe(false);
  });

  it('is looked at in each place, and hidden by its first byte', () => {
    const file = Buffer.concat([heapOf(32, [[1, 0]]), heapOf(16, [[0, 0]], 32), heapOf(32, [[1, 0]])]);
    file.writeBigUInt64LE(32n, 40);
    const target = Buffer.from(file);

    hideUnsoundHeaps(target, 0, memorySource(file));

    expect([target[0], target[32], target[64]]).toEqual([0x47, 0, 0x47]);
  });

  it('is looked at in what is read of metadata alone, up to 64 KB', () => {
    const unsound = heapOf(48, [[0, 0]]);
    const [small, large] = [2 ** 16, 2 ** 16 + 1].map((length) => Buffer.concat([unsound], length)) as [Buffer, Buffer];
    const source = memorySource(Buffer.from(large));

    hideUnsoundHeaps(small, 0, source);
    hideUnsoundHeaps(large, 0, source);

    expect([small[0], large[0]]).toEqual([0, 0x47]);
  });
});

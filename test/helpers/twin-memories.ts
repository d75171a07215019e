import { expect } from 'vitest';
import { randomNumbers } from './random-numbers.ts';

const alignmentInBytes = 16;
/** Between two parts, so that what is read or written beside one shows. */
const gapInBytes = 64;

/** Two memories of the same content, one for a kernel and one for its plain twin. */
export class TwinMemories {
  readonly kernelMemory: WebAssembly.Memory;
  readonly plainBuffer: ArrayBuffer;
  #end = gapInBytes;

  /** Filled with floats from -1 to 1. */
  constructor(seed: number, pages = 16) {
    this.kernelMemory = new WebAssembly.Memory({ initial: pages, maximum: pages });
    const random = randomNumbers(seed);
    const floats = new Float32Array(this.kernelMemory.buffer);
    for (let at = 0; at < floats.length; at++) floats[at] = random() * 2 - 1;
    this.plainBuffer = this.kernelMemory.buffer.slice(0);
  }

  /** The address of a part of so many floats. */
  floats(count: number): number {
    return this.bytes(count * Float32Array.BYTES_PER_ELEMENT);
  }

  /** The address of a part of so many bytes. */
  bytes(count: number): number {
    const address = this.#end;
    this.#end = Math.ceil((address + count + gapInBytes) / alignmentInBytes) * alignmentInBytes;
    if (this.#end > this.plainBuffer.byteLength) throw new RangeError('The memories of this test are too small.');
    return address;
  }

  /** Puts the same numbers into both. */
  put(address: number, numbers: Float32Array | Int32Array | Int8Array | Uint8Array): void {
    const bytes = new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
    for (const buffer of [this.kernelMemory.buffer, this.plainBuffer]) new Uint8Array(buffer).set(bytes, address);
  }

  /** Expects the floats from an address on to be as near as that, and every byte beside them to be the same. */
  expectAlikeFloats(address: number, count: number, tolerance: number): void {
    const made = new Float32Array(this.kernelMemory.buffer, address, count);
    const expected = new Float32Array(this.plainBuffer, address, count);
    const largest = made.reduce((most, value, at) => Math.max(most, Math.abs(value - (expected[at] as number))), 0);
    expect(largest).toBeLessThanOrEqual(tolerance);
    this.#expectSameBytesBeside(address, count * Float32Array.BYTES_PER_ELEMENT, 0);
  }

  /** Expects all bytes to be the same, but for so many behind these, which a kernel may write by whole vectors. */
  expectSameBytes(address: number, count: number, writtenBehind = 0): void {
    expectSame(this.#bytes(address, address + count), address);
    this.#expectSameBytesBeside(address, count, writtenBehind);
  }

  #expectSameBytesBeside(address: number, count: number, writtenBehind: number): void {
    const behind = address + count + writtenBehind;
    expectSame(this.#bytes(0, address), 0);
    expectSame(this.#bytes(behind, this.plainBuffer.byteLength), behind);
  }

  #bytes(from: number, to: number): readonly [made: Buffer, expected: Buffer] {
    const view = (buffer: ArrayBuffer) => Buffer.from(buffer, from, to - from);
    return [view(this.kernelMemory.buffer), view(this.plainBuffer)];
  }
}

/** Names the first byte that differs, since a million of them beside each other tell nothing. */
function expectSame([made, expected]: readonly [made: Buffer, expected: Buffer], address: number): void {
  if (made.equals(expected)) return;
  const at = made.findIndex((byte, index) => byte !== expected[index]);
  expect.fail(`The kernel has ${made[at]} at byte ${address + at}, its plain twin ${expected[at]}.`);
}

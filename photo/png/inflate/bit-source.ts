import { corruptPhoto } from '../../photo-error.ts';

const pieceInBytes = 1 << 16;
/** More than the largest header of a block, so that none is cut; behind the last byte as many zeros may be read. */
const marginInBytes = 512;
/** So much the kernel takes ahead of what it uses: it is past the end only when it has taken as many zeros behind it. */
const wordInBytes = 8;
export const sourceSizeInBytes = pieceInBytes + marginInBytes;

/** The compressed bytes, piece by piece in the kernels' memory, and numbers in them, the next bit the lowest (RFC 1951, section 3.1.1). */
export class BitSource {
  readonly #memory: Uint8Array;
  readonly #address: number;
  readonly #parts: Iterator<Uint8Array>;
  #part: Uint8Array = new Uint8Array(0);
  #isOver = false;
  #endInBytes = 0;
  /** Of the piece in memory, the first bit that is not used yet. */
  bitAt = 0;

  /** @param address where `sourceSizeInBytes` are free */
  constructor(memory: Uint8Array, address: number, parts: Iterable<Uint8Array>) {
    this.#memory = memory;
    this.#address = address;
    this.#parts = parts[Symbol.iterator]();
  }

  /** While the next bit is this one or before, a block's header lies in memory whole. */
  get lastBit(): number {
    return 8 * (this.#isOver ? this.#endInBytes : this.#endInBytes - marginInBytes);
  }

  /** While the kernel takes from this address or before, all it reads lies in memory. */
  get lastInput(): number {
    return this.#address + this.lastBit / 8 + wordInBytes;
  }

  /**
   * Brings more into memory where little is left, so that a block's header is there whole.
   * @throws PhotoError `corrupt` where more bits were used than there are
   */
  fill(): void {
    if (this.#isOver) {
      if (this.bitAt > this.lastBit) throw corruptPhoto('The PNG ends inside its compressed picture.');
      return;
    }
    if (this.bitAt <= this.lastBit) return;
    const used = this.bitAt >> 3;
    this.#memory.copyWithin(this.#address, this.#address + used, this.#address + this.#endInBytes);
    this.#endInBytes -= used;
    this.bitAt &= 7;
    while (this.#endInBytes < pieceInBytes && !this.#isOver) this.#append();
    this.fill();
  }

  /** The next number of so many bits, 16 at most. */
  bits(count: number): number {
    const value = this.peek() & ((1 << count) - 1);
    this.bitAt += count;
    return value;
  }

  /** The next 17 bits and more that are not to be relied on. */
  peek(): number {
    const at = this.#address + (this.bitAt >> 3);
    const [low, middle, high] = [this.#memory[at], this.#memory[at + 1], this.#memory[at + 2]] as number[];
    return (((high as number) << 16) | ((middle as number) << 8) | (low as number)) >> (this.bitAt & 7);
  }

  /** From the next whole byte on, at most so many bytes; fewer where the piece ends. */
  bytes(count: number): Uint8Array {
    const at = (this.bitAt + 7) >> 3;
    const taken = Math.min(count, this.#endInBytes - at);
    if (taken < 0 || (taken === 0 && count > 0)) throw corruptPhoto('The PNG ends inside its compressed picture.');
    this.bitAt = 8 * (at + taken);
    return this.#memory.subarray(this.#address + at, this.#address + at + taken);
  }

  #append(): void {
    if (this.#part.length === 0) {
      const next = this.#parts.next();
      if (next.done) {
        this.#isOver = true;
        const end = this.#address + this.#endInBytes;
        this.#memory.fill(0, end, end + marginInBytes);
        return;
      }
      this.#part = next.value;
    }
    const taken = Math.min(this.#part.length, pieceInBytes - this.#endInBytes);
    this.#memory.set(this.#part.subarray(0, taken), this.#address + this.#endInBytes);
    this.#part = this.#part.subarray(taken);
    this.#endInBytes += taken;
  }
}

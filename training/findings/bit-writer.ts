/** Bits of a JPEG's scan, the first in the highest place of a byte; a zero byte follows each 0xff (ITU-T T.81, F.1.2.3). */
export class BitWriter {
  #bytes: Uint8Array;
  #length: number;
  #held = 0;
  #heldBits = 0;

  /** @param before what comes before the scan */
  constructor(before: Uint8Array) {
    this.#bytes = new Uint8Array(4 * before.length);
    this.#bytes.set(before);
    this.#length = before.length;
  }

  /** The lowest `count` bits of a number, from 0 to 16 of them. */
  write(value: number, count: number): void {
    this.#held = (this.#held << count) | value;
    this.#heldBits += count;
    while (this.#heldBits >= 8) {
      this.#heldBits -= 8;
      const byte = (this.#held >> this.#heldBits) & 0xff;
      this.#put(byte);
      if (byte === 0xff) this.#put(0);
    }
    this.#held &= (1 << this.#heldBits) - 1;
  }

  /** All bytes, the last one filled up with ones, and what comes after the scan. */
  finish(after: readonly number[]): Uint8Array {
    const missing = (8 - this.#heldBits) % 8;
    this.write((1 << missing) - 1, missing);
    for (const byte of after) this.#put(byte);
    return this.#bytes.subarray(0, this.#length);
  }

  #put(byte: number): void {
    if (this.#length === this.#bytes.length) {
      const longer = new Uint8Array(2 * this.#length);
      longer.set(this.#bytes);
      this.#bytes = longer;
    }
    this.#bytes[this.#length++] = byte;
  }
}

/** One memory, seen as numbers of each kind. Addresses are in bytes and multiples of a number's size. */
export class PlainMemory {
  readonly bytes: Uint8Array;
  readonly #signedBytes: Int8Array;
  readonly #halves: Float16Array;
  readonly #floats: Float32Array;

  constructor(buffer: ArrayBuffer) {
    this.bytes = new Uint8Array(buffer);
    this.#signedBytes = new Int8Array(buffer);
    this.#halves = new Float16Array(buffer);
    this.#floats = new Float32Array(buffer);
  }

  /** The float so many floats behind an address. */
  float(address: number, index = 0): number {
    return this.#floats[address / 4 + index] as number;
  }

  setFloat(address: number, index: number, value: number): void {
    this.#floats[address / 4 + index] = value;
  }

  half(address: number, index: number): number {
    return this.#halves[address / 2 + index] as number;
  }

  signedByte(address: number, index: number): number {
    return this.#signedBytes[address + index] as number;
  }
}

export function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}

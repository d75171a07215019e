import { corruptPhoto } from '../../photo-error.ts';

/** Reads the numbers of one segment in order; past its end the file is corrupt, whatever its tables claim. */
export class ByteReader {
  readonly end: number;
  position: number;
  readonly #bytes: Uint8Array;
  readonly #what: string;

  /** @param what names the segment in messages, such as `quantisation table` */
  constructor(bytes: Uint8Array, start: number, end: number, what: string) {
    this.#bytes = bytes;
    this.position = start;
    this.end = end;
    this.#what = what;
  }

  get remaining(): number {
    return this.end - this.position;
  }

  uint8(): number {
    return this.take(1)[0] as number;
  }

  uint16(): number {
    const high = this.uint8();
    return (high << 8) | this.uint8();
  }

  /** The next `count` bytes, a view into the file. */
  take(count: number): Uint8Array {
    if (count > this.remaining) throw corruptPhoto(`The JPEG's ${this.#what} is shorter than its own fields need.`);
    this.position += count;
    return this.#bytes.subarray(this.position - count, this.position);
  }
}

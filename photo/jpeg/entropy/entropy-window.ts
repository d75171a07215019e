import { corruptPhoto } from '../../photo-error.ts';
import { marker } from '../markers/markers.ts';
import { endOfScan } from '../markers/next-segment.ts';

/** How much entropy-coded data is laid out at a time. */
const WINDOW_BYTES = 1 << 16;

/** No block takes more: 64 coefficients of at most 31 bits, a code of 16 and a value of 15. */
const BLOCK_BYTES = 64 * 4;

/**
 * Entropy-coded data with its stuffed bytes removed (ITU-T T.81, F.1.2.3), a stretch at a time, as bits to be read at
 * `bitPosition`. Behind the last bit of a segment lie zeros; whoever reads calls `ensure` before each minimum coded
 * unit, where `bitPosition` is past `checkAt`, which then says whether the unit before read beyond the end.
 */
export class EntropyWindow {
  readonly view: DataView<ArrayBuffer>;
  bitPosition = 0;
  checkAt = 0;
  readonly #window: Uint8Array<ArrayBuffer>;
  readonly #windowBytes: number;
  /** Laid out beyond the bit position before a unit is decoded, so that nothing inside one needs to ask for more. */
  readonly #reserveBytes: number;
  readonly #source: Uint8Array;
  readonly #sourceView: DataView;
  /** Where the next byte comes from. */
  #position: number;
  #filledBytes = 0;
  /** The marker that ended the segment, 0 for the end of the file, undefined while there is more to lay out. */
  #terminator: number | undefined;

  constructor(source: Uint8Array, start: number, blocksPerUnit: number) {
    this.#windowBytes = Math.min(WINDOW_BYTES, source.length - start);
    this.#reserveBytes = blocksPerUnit * BLOCK_BYTES + 8;
    this.#window = new Uint8Array(this.#windowBytes + this.#reserveBytes);
    this.view = new DataView(this.#window.buffer);
    this.#source = source;
    this.#sourceView = new DataView(source.buffer, source.byteOffset, source.length);
    this.#position = start;
    this.#fill();
  }

  /** To be called before a minimum coded unit when `bitPosition > checkAt`. */
  ensure(): void {
    if (this.#terminator === undefined) this.#fill();
    if (this.#terminator !== undefined && this.bitPosition > this.#filledBytes * 8) {
      throw corruptPhoto('The JPEG breaks off in the middle of its picture.');
    }
  }

  /** Goes on behind restart marker `number` (0 to 7), which must come now. */
  restart(number: number): void {
    if (this.#terminator === undefined) this.#fill();
    this.ensure();
    const isUsedUp = this.#filledBytes * 8 - this.bitPosition < 8;
    if (!isUsedUp || this.#terminator !== marker.rst0 + number) {
      throw corruptPhoto(`The JPEG has restart marker ${number} missing or in the wrong place.`);
    }
    this.#terminator = undefined;
    this.#filledBytes = 0;
    this.bitPosition = 0;
    this.#fill();
  }

  /** Ends the scan: where the file goes on with its next marker. */
  finish(): number {
    this.ensure();
    // Some writers pad a scan; what lies between its last bit and the next marker says nothing.
    return endOfScan(this.#source, this.#terminator === undefined ? this.#position : this.#position - 2);
  }

  /** Moves what is left to the front of the window and lays out more behind it. */
  #fill(): void {
    const window = this.#window;
    const source = this.#source;
    const usedBytes = Math.min(this.bitPosition >>> 3, this.#filledBytes);
    window.copyWithin(0, usedBytes, this.#filledBytes);
    this.bitPosition -= usedBytes * 8;
    let filled = this.#filledBytes - usedBytes;
    let at = this.#position;
    while (filled < this.#windowBytes && at < source.length) {
      const plain = copyPlainBytes(this.#sourceView, at, this.view, filled, this.#windowBytes);
      filled += plain;
      at += plain;
      const byte = source[at++] as number;
      if (byte === 0xff) {
        while (source[at] === 0xff) at += 1;
        const code = source[at++] ?? 0x100;
        if (code !== 0) {
          this.#terminator = code & 0xff;
          break;
        }
      }
      window[filled++] = byte;
    }
    if (at >= source.length) this.#terminator ??= 0;
    this.#position = at;
    this.#filledBytes = filled;
    this.checkAt = filled * 8;
    if (this.#terminator === undefined) this.checkAt -= this.#reserveBytes * 8;
    else window.fill(0, filled, filled + this.#reserveBytes);
  }
}

/** Copies four bytes at a time as long as none of them is 0xFF, and leaves one at least; how many they were. */
function copyPlainBytes(from: DataView, start: number, to: DataView, filled: number, end: number): number {
  const count = Math.min(from.byteLength - start, end - filled) - 5;
  let done = 0;
  for (; done <= count; done += 4) {
    const bytes = from.getInt32(start + done);
    // Some byte of the complement is zero: only then does subtracting ones borrow into a bit that it lacks.
    if (((~bytes - 0x01010101) & bytes & 0x80808080) !== 0) break;
    to.setInt32(filled + done, bytes);
  }
  return done;
}

import { corruptPhoto } from '../../photo-error.ts';
import { isRestart, marker } from '../markers/markers.ts';
import { hasEndOfImage } from '../markers/next-segment.ts';

/** How much entropy-coded data is laid out at a time. */
const WINDOW_BYTES = 1 << 16;

/** No block takes more: 64 coefficients of at most 31 bits, a code of 16 and a value of 15. */
const BLOCK_BYTES = 64 * 4;

/** As far as kernels read ahead of what they use. */
const AHEAD_BYTES = 16;

function reserveFor(blocksPerUnit: number): number {
  return blocksPerUnit * BLOCK_BYTES + AHEAD_BYTES;
}

/** How many bytes a window takes on a scan of at most so many, whose minimum coded units have so many blocks. */
export function entropyWindowSize(scanInBytes: number, blocksPerUnit: number): number {
  return Math.min(WINDOW_BYTES, scanInBytes) + reserveFor(blocksPerUnit);
}

/**
 * Entropy-coded data with its stuffed bytes removed (ITU-T T.81, F.1.2.3), a stretch at a time, as bits to be read at
 * `bitPosition`. It lies backwards, the first byte last: a processor that loads eight bytes then has the first bit highest. Behind the last bit of a segment lie zeros; whoever reads calls `ensure` before each minimum coded
 * unit, where `bitPosition` is past `checkAt`, which then says whether the unit before read beyond the end.
 */
export class EntropyWindow {
  readonly view: DataView<ArrayBuffer>;
  /** The address behind its first byte. */
  readonly end: number;
  bitPosition = 0;
  checkAt = 0;
  /** Whether a segment had whole bytes behind its last block. */
  hasPadding = false;
  readonly #window: Uint8Array<ArrayBuffer>;
  readonly #windowBytes: number;
  /** Laid out beyond the bit position before a unit is decoded, so that nothing inside one needs to ask for more. */
  readonly #reserveBytes: number;
  readonly #source: Uint8Array;
  readonly #sourceView: DataView;
  readonly #start: number;
  /** Where the next byte comes from. */
  #position: number;
  #filledBytes = 0;
  /** The marker that ended the segment, 0 for the end of the file, undefined while there is more to lay out. */
  #terminator: number | undefined;

  /** @param buffer where the data is laid out, from `address` on; a new one unless given */
  constructor(source: Uint8Array, start: number, blocksPerUnit: number, buffer?: ArrayBuffer, address = 0) {
    const sizeInBytes = entropyWindowSize(source.length - start, blocksPerUnit);
    this.#reserveBytes = reserveFor(blocksPerUnit);
    this.#windowBytes = sizeInBytes - this.#reserveBytes;
    this.#window = new Uint8Array(buffer ?? new ArrayBuffer(sizeInBytes), address, sizeInBytes);
    this.end = address + sizeInBytes;
    this.view = new DataView(this.#window.buffer, address, sizeInBytes);
    this.#source = source;
    this.#sourceView = new DataView(source.buffer, source.byteOffset, source.length);
    this.#start = start;
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
    this.ensure();
    if (!this.#passOver(isAnyByte) || this.#terminator !== marker.rst0 + number) {
      throw corruptPhoto(`The JPEG has restart marker ${number} missing or in the wrong place.`);
    }
    this.#terminator = undefined;
    this.#filledBytes = 0;
    this.bitPosition = 0;
    this.#fill();
  }

  /**
   * Ends the scan: where the file goes on with its next marker, or its end. A scan with data left over is one whose blocks
   * were not those that were coded, and its damage lies before; but without an end of the image what follows is a trailer.
   */
  finish(): number {
    this.ensure();
    if (this.#passOver(isFlushed)) {
      if (this.#terminator === 0) return this.#source.length;
      // Some writers put a restart marker behind the last interval, too; with more behind that the scan is not at its end.
      let at = this.#position - 2;
      while (isRestart(this.#source[at + 1] as number)) at += 2;
      if (this.#source[at] === 0xff && this.#source[at + 1] !== 0) return at;
    }
    if (hasEndOfImage(this.#source, this.#start)) {
      throw corruptPhoto('The JPEG has data left over behind its last block: something before it is damaged.');
    }
    return this.#source.length;
  }

  /**
   * Goes on to the marker that ends the segment, over whole bytes of padding, all 0x00 or all 0xFF.
   * @param isPaddingByte whether one byte may have this value too
   */
  #passOver(isPaddingByte: (byte: number) => boolean): boolean {
    const last = this.#window.length - 1;
    let padding: number | undefined;
    let count = 0;
    for (;;) {
      for (let at = (this.bitPosition + 7) >>> 3; at < this.#filledBytes; at++) {
        const byte = this.#window[last - at] as number;
        padding ??= byte;
        count += 1;
        const isUniform = byte === padding && (byte === 0 || byte === 0xff);
        if (!isUniform && !(count === 1 && isPaddingByte(byte))) return false;
      }
      this.bitPosition = Math.max(this.bitPosition, this.#filledBytes * 8);
      if (this.#terminator !== undefined) break;
      this.#fill();
    }
    this.hasPadding ||= count > 0;
    return true;
  }

  /** Moves what is left to the front of the window and lays out more behind it. */
  #fill(): void {
    const window = this.#window;
    const source = this.#source;
    const end = window.length;
    const usedBytes = Math.min(this.bitPosition >>> 3, this.#filledBytes);
    let filled = this.#filledBytes - usedBytes;
    window.copyWithin(end - filled, end - this.#filledBytes, end - usedBytes);
    this.bitPosition -= usedBytes * 8;
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
      filled += 1;
      window[end - filled] = byte;
    }
    if (at >= source.length) this.#terminator ??= 0;
    this.#position = at;
    this.#filledBytes = filled;
    this.checkAt = filled * 8;
    if (this.#terminator === undefined) this.checkAt -= this.#reserveBytes * 8;
    else window.fill(0, end - filled - this.#reserveBytes, end - filled);
  }
}

/** Some webcams put a byte of their own before each restart marker, whose number tells whether blocks are missing. */
function isAnyByte(): boolean {
  return true;
}

/** What is left of a fill of ones that was longer than needed: ones, then zeros, or the other way round. */
function isFlushed(byte: number): boolean {
  const changes = byte ^ (byte >> 1);
  return (changes & 0x7f & ((changes & 0x7f) - 1)) === 0;
}

/** Copies four bytes at a time, backwards, as long as none of them is 0xFF, and leaves one at least; how many they were. */
function copyPlainBytes(from: DataView, start: number, to: DataView, filled: number, end: number): number {
  const last = to.byteLength - 4 - filled;
  const count = Math.min(from.byteLength - start, end - filled) - 5;
  let done = 0;
  for (; done <= count; done += 4) {
    const bytes = from.getInt32(start + done);
    // Some byte of the complement is zero: only then does subtracting ones borrow into a bit that it lacks.
    if (((~bytes - 0x01010101) & bytes & 0x80808080) !== 0) break;
    to.setInt32(last - done, bytes, true);
  }
  return done;
}

import { corruptPhoto } from '../../photo-error.ts';
import type { PngKernels } from '../kernels/png-kernels.ts';
import type { PngWorkspace } from '../kernels/png-workspace.ts';
import { BitSource, sourceSizeInBytes } from './bit-source.ts';
import {
  codeLengthOrderAt,
  codeLengths,
  codeOfLengths,
  distances,
  lengths,
  outcomes,
  stateAt,
  tablesEnd,
} from './inflate-memory.ts';
import {
  codeLengthEntries,
  codeLengthOrder,
  distanceEntries,
  distanceSymbols,
  fixedCodeLengths,
  lengthEntries,
  lengthSymbols,
} from './symbol-entries.ts';

/** As far back as a repetition may reach. */
const historyInBytes = 1 << 15;
/** So much at a time stays within a processor's own cache. */
const chunkInBytes = 1 << 17;
/** What the kernel may write past the last place: eight literals, the longest repetition and two vectors. */
const overrunInBytes = 8 + 258 + 32;
/** To lay out a block's codes takes as long as kilobytes of output do, and a block may hold none. */
const mostBlocksAtATime = 64;
/** To pair its literals takes longer than decoding a shorter block. */
const shortBlockInBytes = 192;

const sourceAddress = tablesEnd;
const windowAddress = sourceAddress + sourceSizeInBytes;
const fullWindowEnd = windowAddress + historyInBytes + chunkInBytes;
/** What it takes of a workspace, from the beginning on. */
export const inflaterSizeInBytes = fullWindowEnd + overrunInBytes;

/** What a block (RFC 1951, section 3.2.3) holds: bytes as they are, or symbols. */
type Block = { readonly kind: 'stored'; leftInBytes: number } | { readonly kind: 'symbols' };

/**
 * Inflates a zlib stream (RFC 1950), a chunk at a time. The check value at the end is not looked at: each part of the stream
 * has one of its own in PNG.
 */
export class Inflater {
  readonly #kernels: PngKernels;
  readonly #bytes: Uint8Array;
  readonly #state: Uint32Array;
  readonly #source: BitSource;
  #block: Block | undefined;
  #isBegun = false;
  #isLastBlock = false;
  #arePaired = false;
  /** Whether the codes that lie in memory are those that a block need not give. */
  #areFixedCodes = false;
  #out = windowAddress;

  constructor({ kernels, bytes }: PngWorkspace, parts: Iterable<Uint8Array>) {
    const { buffer } = bytes;
    this.#kernels = kernels;
    this.#bytes = bytes;
    this.#state = new Uint32Array(buffer, stateAt, 2);
    new Uint32Array(buffer, lengths.entries).set(lengthEntries);
    new Uint32Array(buffer, distances.entries).set(distanceEntries);
    new Uint32Array(buffer, codeOfLengths.entries).set(codeLengthEntries);
    this.#bytes.set(codeLengthOrder, codeLengthOrderAt);
    this.#source = new BitSource(this.#bytes, sourceAddress, parts);
  }

  /**
   * The next bytes, in the workspace's memory, where they last until the next call; undefined after the last block. They are
   * none where many blocks come to nothing, so that whoever asks has a say before the next ones.
   * @throws PhotoError `corrupt` where the stream is damaged, begins as none does or ends before its last block
   */
  read(): Uint8Array | undefined {
    if (!this.#isBegun) this.#readStreamHeader();
    else this.#keepHistory();
    const start = this.#out;
    let blocks = 0;
    while (this.#out <= fullWindowEnd - overrunInBytes && blocks < mostBlocksAtATime) {
      this.#source.fill();
      if (this.#block === undefined) {
        if (this.#isLastBlock) {
          if (this.#out === start) return undefined;
          break;
        }
        this.#block = this.#readBlockHeader();
        blocks += 1;
      }
      if (this.#block.kind === 'stored') this.#copyStored(this.#block);
      else this.#inflateSymbols();
    }
    return this.#bytes.subarray(start, this.#out);
  }

  /** RFC 1950, section 2.2: deflate with a window of at most 32 KB, no dictionary, and a check of both bytes. */
  #readStreamHeader(): void {
    this.#isBegun = true;
    this.#source.fill();
    const [method, flags] = [this.#source.bits(8), this.#source.bits(8)];
    const isKnown = (method & 0xf) === 8 && method >> 4 <= 7 && (flags & 0x20) === 0;
    if (!isKnown || (256 * method + flags) % 31 !== 0) throw damaged();
  }

  #readBlockHeader(): Block {
    this.#isLastBlock = this.#source.bits(1) === 1;
    switch (this.#source.bits(2)) {
      case 0: {
        this.#source.bitAt = (this.#source.bitAt + 7) & ~7;
        const leftInBytes = this.#source.bits(16);
        if (this.#source.bits(16) !== (leftInBytes ^ 0xffff)) throw damaged();
        return { kind: 'stored', leftInBytes };
      }
      case 1:
        if (!this.#areFixedCodes) this.#layOutFixedCodes();
        return { kind: 'symbols' };
      case 2: {
        this.#areFixedCodes = false;
        this.#arePaired = false;
        const bitAt = this.#kernels.readCodes(sourceAddress, this.#source.bitAt);
        if (bitAt === 0) throw damaged();
        this.#source.bitAt = bitAt;
        return { kind: 'symbols' };
      }
      default:
        throw damaged();
    }
  }

  #layOutFixedCodes(): void {
    this.#bytes.set(fixedCodeLengths, codeLengths);
    this.#kernels.layOutCodes(lengthSymbols, distanceSymbols);
    this.#areFixedCodes = true;
    this.#arePaired = false;
  }

  #copyStored(block: { leftInBytes: number }): void {
    const room = fullWindowEnd - this.#out;
    const piece = this.#source.bytes(Math.min(block.leftInBytes, room));
    this.#bytes.set(piece, this.#out);
    this.#out += piece.length;
    block.leftInBytes -= piece.length;
    if (block.leftInBytes === 0) this.#block = undefined;
  }

  #inflateSymbols(): void {
    const { bitAt, lastInput } = this.#source;
    const lastOut = fullWindowEnd - overrunInBytes;
    const last = this.#arePaired ? lastInput : Math.min(lastInput, sourceAddress + (bitAt >> 3) + shortBlockInBytes);
    const outcome = this.#kernels.inflate(sourceAddress, bitAt, last, this.#out, lastOut, windowAddress);
    [this.#source.bitAt, this.#out] = this.#state as unknown as [number, number];
    if (outcome === outcomes.damaged) throw damaged();
    if (outcome === outcomes.blockEnded) this.#block = undefined;
    else if (!this.#arePaired) {
      this.#kernels.pairLiterals();
      this.#arePaired = true;
    }
  }

  /** Moves the last 32 KB of the output to the window's beginning. */
  #keepHistory(): void {
    const from = Math.max(windowAddress, this.#out - historyInBytes);
    this.#bytes.copyWithin(windowAddress, from, this.#out);
    this.#out = windowAddress + (this.#out - from);
  }
}

function damaged(): Error {
  return corruptPhoto('The PNG has damage in its compressed picture.');
}

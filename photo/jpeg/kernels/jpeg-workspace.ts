import { ModuleInstances } from '../../../wasm/module-instances.ts';
import type { ComponentLayout, FrameLayout } from '../markers/frame-layout.ts';
import { type JpegKernels, jpegKernels } from './jpeg-kernels.ts';
import { type ProgressiveKernels, progressiveKernels } from './progressive-kernels.ts';

/** Samples of one component: a ring of the last two rows of minimum coded units, which is as far as interpolation looks back. */
export interface SamplePlane {
  readonly address: number;
  readonly stride: number;
  readonly rows: number;
}

/** Where row `y` of the component lies as long as it is among the last. */
export function rowAddress({ address, stride, rows }: SamplePlane, y: number): number {
  return address + (y % rows) * stride;
}

/** One more than a block has: what is left out of it goes there. */
const blockInWords = 65;
/** As far as kernels read in front of a row, and read or write behind one. */
const marginInBytes = 48;
const alignmentInBytes = 16;
/** What more was written to would stay taken for good. A progressive photo of 50 megapixels at 1/8 takes less. */
const largestKeptInBytes = 32 * 2 ** 20;

const idle: ModuleInstances<JpegKernels>[] = [];
/** Where photos take turns one is at work at a time; another may be lent still. */
const mostIdle = 2;

/** Opens the workspace of a decode, with so much besides; once. */
export type OpenWorkspace = (besidesInBytes: number) => JpegWorkspace;

/**
 * What a decode works on from coefficients to pixels, in a memory that no other has until `release`, and a later one then,
 * unless it is large.
 */
export class JpegWorkspace {
  static readonly #progressive = new WeakMap<WebAssembly.Memory, ProgressiveKernels>();
  readonly kernels: JpegKernels;
  readonly #memory: WebAssembly.Memory;
  /** Whether no decode before had the memory. */
  readonly #isOwn: boolean;
  /** The whole memory. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly words: Int32Array;
  /** Where what the coefficients of a row of blocks are multiplied by lies. */
  readonly steps: number;
  /** For each component. */
  readonly planes: readonly SamplePlane[];
  /** For each component, where a row of it is brought to the picture's width. */
  readonly wideRows: readonly number[];
  /** Where a row of RGB pixels is made. */
  readonly pixelRow: number;
  /** What was asked for besides, whatever it holds. */
  readonly besides: number;
  /** Where the whole picture has room, if it was asked for; a row's margin may be written behind it. */
  readonly picture: number | undefined;
  readonly #instances: ModuleInstances<JpegKernels>;
  #isReleased = false;

  constructor(frame: FrameLayout, besidesInBytes = 0, hasPicture = false) {
    // The block lies at address 0, where the kernels expect it.
    let end = blockInWords * Int32Array.BYTES_PER_ELEMENT;
    const place = (sizeInBytes: number): number => {
      const address = Math.ceil((end + marginInBytes) / alignmentInBytes) * alignmentInBytes;
      end = address + sizeInBytes;
      return address;
    };
    this.planes = frame.components.map((layout) => {
      const { stride, rows } = ringOf(layout);
      return { address: place(stride * rows), stride, rows };
    });
    this.steps = place(blockInWords * Int32Array.BYTES_PER_ELEMENT);
    this.wideRows = frame.components.map(() => place(frame.width));
    this.pixelRow = place(frame.width * 3);
    const clearedInBytes = end + marginInBytes;
    this.besides = place(besidesInBytes);
    this.picture = hasPicture ? place(frame.width * frame.height * 3 + marginInBytes) : undefined;

    this.#instances = idle.pop() ?? new ModuleInstances(jpegKernels);
    this.#isOwn = end > largestKeptInBytes;
    const { exports, memory } = this.#isOwn ? this.#instances.make(end) : this.#instances.hold(end);
    this.kernels = exports;
    this.#memory = memory;
    this.bytes = new Uint8Array(memory.buffer);
    // Nothing of another picture shows through, however damaged this one is.
    this.bytes.fill(0, 0, clearedInBytes);
    this.words = new Int32Array(memory.buffer);
  }

  /** Gives its memory to a later decode. Once more does nothing. */
  release(): void {
    if (this.#isReleased) return;
    this.#isReleased = true;
    if (idle.length < mostIdle) idle.push(this.#instances);
  }

  /** Makes zeros of a part of what was asked for besides; a memory of its own holds nothing else, and takes none until written to. */
  clear(address: number, sizeInBytes: number): void {
    if (!this.#isOwn) this.bytes.fill(0, address, address + sizeInBytes);
  }

  /** Read when a progressive picture is first met. */
  get progressiveKernels(): ProgressiveKernels {
    const known = JpegWorkspace.#progressive.get(this.#memory);
    if (known !== undefined) return known;
    const exports = progressiveKernels.instantiate(this.#memory);
    JpegWorkspace.#progressive.set(this.#memory, exports);
    return exports;
  }
}

function ringOf(layout: ComponentLayout): { readonly stride: number; readonly rows: number } {
  const unitRows = Math.min(layout.paddedBlocksDown / layout.verticalBlocks, 2);
  return {
    stride: layout.paddedBlocksAcross * layout.blockSize,
    rows: unitRows * layout.verticalBlocks * layout.blockSize,
  };
}

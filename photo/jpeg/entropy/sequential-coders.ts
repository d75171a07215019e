import { codeLayout, coderLayout, skipsInBytes, unitBlockLayout } from '../kernels/entropy-layout.ts';
import type { JpegWorkspace, SamplePlane } from '../kernels/jpeg-workspace.ts';
import type { ComponentLayout, FrameLayout } from '../markers/frame-layout.ts';
import { slotsBySize } from '../markers/zigzag.ts';
import { countBlocks } from './describe-unit.ts';
import { entropyWindowSize } from './entropy-window.ts';
import type { HuffmanCode } from './huffman-code.ts';
import { largestMean } from './largest-mean.ts';
import { layOutCode } from './lay-out-code.ts';

const wordInBytes = Int32Array.BYTES_PER_ELEMENT;
/** Of a component, which has a code of either class. */
const componentInBytes = coderLayout.size + 2 * codeLayout.size + skipsInBytes;
const positionInBytes = 16;

/** How much memory a sequential picture is decoded with, beside its samples. */
export function sequentialMemory(bytes: Uint8Array, { components }: FrameLayout): number {
  const blocks = countBlocks(components);
  const described = positionInBytes + blocks * unitBlockLayout.size;
  return described + components.length * componentInBytes + entropyWindowSize(bytes.length, blocks);
}

export interface CodedComponent {
  readonly dc: HuffmanCode;
  readonly ac: HuffmanCode;
  /** In zigzag order. */
  readonly quantisation: Int32Array;
  readonly layout: ComponentLayout;
  readonly plane: SamplePlane;
}

/** Lays out what the kernel decodes the blocks of a picture with, each of whose components is coded once. */
export class SequentialCoders {
  /** A word with the position in the entropy-coded data. */
  readonly position: number;
  /** Where the blocks of a minimum coded unit are described. */
  readonly unit: number;
  readonly window: number;
  readonly #workspace: JpegWorkspace;
  readonly #codes = new Map<HuffmanCode, number>();
  readonly #skips = new Map<HuffmanCode, number>();
  #next: number;

  constructor(workspace: JpegWorkspace, { components }: FrameLayout) {
    this.#workspace = workspace;
    this.position = workspace.besides;
    this.unit = this.position + positionInBytes;
    this.#next = this.unit + countBlocks(components) * unitBlockLayout.size;
    this.window = this.#next + components.length * componentInBytes;
  }

  /** The address of what decodes the blocks of a component. */
  add({ dc, ac, quantisation, layout, plane }: CodedComponent): number {
    const { words, bytes } = this.#workspace;
    const { slotOf, lastNeeded } = slotsBySize[layout.blockSize];
    const address = this.#place(coderLayout.size);
    const set = (part: number, value: number) => {
      words[(address + part) / wordInBytes] = value;
    };
    set(coderLayout.dc, this.#codeAt(dc));
    set(coderLayout.ac, this.#codeAt(ac));
    set(coderLayout.skips, lastNeeded < 63 ? this.#skipsAt(ac) : 0);
    set(coderLayout.lastNeeded, lastNeeded);
    set(coderLayout.largestDc, largestMean(quantisation[0] as number));
    set(coderLayout.stride, plane.stride);
    set(coderLayout.blockSize, layout.blockSize);
    bytes.set(slotOf, address + coderLayout.slots);
    words.set(quantisation, (address + coderLayout.steps) / wordInBytes);
    this.forget(address);
    return address;
  }

  /** Begins the coder's prediction anew. */
  forget(coder: number): void {
    this.#workspace.words[(coder + coderLayout.prediction) / wordInBytes] = 0;
  }

  #codeAt(code: HuffmanCode): number {
    const known = this.#codes.get(code);
    if (known !== undefined) return known;
    const address = this.#place(codeLayout.size);
    layOutCode(this.#workspace, code, address);
    this.#codes.set(code, address);
    return address;
  }

  #skipsAt(code: HuffmanCode): number {
    const known = this.#skips.get(code);
    if (known !== undefined) return known;
    const address = this.#place(skipsInBytes);
    this.#workspace.kernels.layOutSkips(this.#codeAt(code), address);
    this.#skips.set(code, address);
    return address;
  }

  #place(sizeInBytes: number): number {
    const address = this.#next;
    this.#next += sizeInBytes;
    return address;
  }
}

import { codeLayout, groupsInBytes, progressiveCoderLayout, unitBlockLayout } from '../kernels/entropy-layout.ts';
import type { JpegWorkspace, OpenWorkspace } from '../kernels/jpeg-workspace.ts';
import type { FrameLayout } from '../markers/frame-layout.ts';
import type { ScanHeader } from '../markers/scan-header.ts';
import { LEFT_OUT } from '../markers/zigzag.ts';
import { type CoefficientPlane, placeCoefficients } from './coefficient-plane.ts';
import { countBlocks } from './describe-unit.ts';
import { entropyWindowSize } from './entropy-window.ts';
import type { HuffmanCode } from './huffman-code.ts';
import { layOutCode } from './lay-out-code.ts';

const wordInBytes = Int32Array.BYTES_PER_ELEMENT;
const alignmentInBytes = 16;

/** Lays out what the kernels decode the scans of a progressive picture with, one after the other, and into. */
export class ProgressiveCoders {
  readonly workspace: JpegWorkspace;
  /** For each component of the frame. */
  readonly planes: readonly CoefficientPlane[];
  /** A word with the position in the entropy-coded data. */
  readonly position: number;
  /** Where the blocks of a minimum coded unit are described. */
  readonly unit: number;
  readonly window: number;
  /** Of each component of a scan. */
  readonly #coders: number;
  readonly #codes: number;
  /** Of the one component of a scan that refines AC. */
  readonly #groups: number;

  /** @param isDecodedWhole whether scans of coefficients that are not kept are decoded too */
  constructor(bytes: Uint8Array, frame: FrameLayout, isDecodedWhole: boolean, open: OpenWorkspace) {
    const { components } = frame;
    const blocks = countBlocks(components);
    let end = 0;
    const place = (sizeInBytes: number): number => {
      const offset = end;
      end = Math.ceil((offset + sizeInBytes) / alignmentInBytes) * alignmentInBytes;
      return offset;
    };
    const offsets = components.map((layout) => placeCoefficients(layout, isDecodedWhole, place));
    const planesInBytes = end;
    const position = place(wordInBytes);
    const unit = place(blocks * unitBlockLayout.size);
    const coders = place(components.length * progressiveCoderLayout.size);
    const codes = place(components.length * codeLayout.size);
    const groups = place(groupsInBytes);
    const window = place(entropyWindowSize(bytes.length, blocks));

    this.workspace = open(end);
    const { besides } = this.workspace;
    this.planes = offsets.map((plane) => ({
      ...plane,
      coefficients: besides + plane.coefficients,
      history: besides + plane.history,
    }));
    this.workspace.clear(besides, planesInBytes);
    this.position = besides + position;
    this.unit = besides + unit;
    this.window = besides + window;
    this.#coders = besides + coders;
    this.#codes = besides + codes;
    this.#groups = besides + groups;
  }

  /**
   * The address of what decodes the blocks of a scan's component, number `at` of the scan; until the next scan.
   * @param code none for a scan that refines DC, which takes plain bits
   */
  add(
    at: number,
    plane: CoefficientPlane,
    header: ScanHeader,
    code: HuffmanCode | undefined,
    largestDc: number,
  ): number {
    const { words, bytes } = this.workspace;
    const coder = this.#coders + at * progressiveCoderLayout.size;
    const codeAt = this.#codes + at * codeLayout.size;
    if (code !== undefined) layOutCode(this.workspace, code, codeAt);
    const refinesAc = header.spectralStart > 0 && header.approximationHigh > 0;
    if (refinesAc) this.workspace.progressiveKernels.layOutGroups(codeAt, this.#groups);
    const set = (part: number, value: number) => {
      words[(coder + part) / wordInBytes] = value;
    };
    set(progressiveCoderLayout.code, code === undefined ? 0 : codeAt);
    set(progressiveCoderLayout.blockInBytes, plane.blockInBytes);
    set(progressiveCoderLayout.spectralStart, header.spectralStart);
    set(progressiveCoderLayout.spectralEnd, header.spectralEnd);
    set(progressiveCoderLayout.approximationLow, header.approximationLow);
    set(progressiveCoderLayout.endOfBandRun, 0);
    set(progressiveCoderLayout.prediction, 0);
    set(progressiveCoderLayout.largestDc, largestDc);
    set(progressiveCoderLayout.groups, this.#groups);
    const { slotOf } = plane.slots;
    const kept = [0, 0];
    slotOf.forEach((slot, index) => {
      if (slot !== LEFT_OUT) kept[index >> 5] = (kept[index >> 5] as number) | (1 << index);
    });
    words.set(kept, (coder + progressiveCoderLayout.kept) / wordInBytes);
    bytes.set(slotOf, coder + progressiveCoderLayout.slots);
    return coder;
  }
}

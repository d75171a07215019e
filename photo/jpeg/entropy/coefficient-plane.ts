import type { ComponentLayout } from '../markers/frame-layout.ts';
import { type Slots, slotsBySize } from '../markers/zigzag.ts';

const coefficientInBytes = Int16Array.BYTES_PER_ELEMENT;
/** A bit for each zigzag index. */
export const historyInBytes = 8;

/** Where what a progressive picture's scans have told so far of one component's blocks lies. */
export interface CoefficientPlane {
  readonly layout: ComponentLayout;
  readonly slots: Slots;
  /** Address of the coefficients that are kept, 16 bits each, in the order of {@link Slots}; not dequantised. */
  readonly coefficients: number;
  readonly blockInBytes: number;
  /**
   * Address of a bit for each zigzag index of a block whose AC coefficient is not zero, kept or not, in two words: a refining
   * scan codes one bit for each of them, so that it cannot be read without. Nothing is there where only DC is decoded.
   */
  readonly history: number;
}

/** How many blocks come before row `blockRow`. */
export function blocksBefore({ layout }: CoefficientPlane, blockRow: number): number {
  return blockRow * layout.paddedBlocksAcross;
}

/** @param isDecodedWhole whether scans of coefficients that are not kept are decoded too */
export function placeCoefficients(
  layout: ComponentLayout,
  isDecodedWhole: boolean,
  place: (sizeInBytes: number) => number,
): CoefficientPlane {
  const slots = slotsBySize[layout.blockSize];
  const blocks = layout.paddedBlocksAcross * layout.paddedBlocksDown;
  const blockInBytes = coefficientInBytes * slots.count;
  return {
    layout,
    slots,
    coefficients: place(blocks * blockInBytes),
    blockInBytes,
    history: place(slots.lastNeeded === 0 && !isDecodedWhole ? 0 : blocks * historyInBytes),
  };
}

import type { ComponentLayout } from '../markers/frame-layout.ts';
import type { Slots } from '../markers/zigzag.ts';
import { slotsBySize } from '../markers/zigzag.ts';

/** What a progressive picture's scans have told so far of one component's blocks. */
export interface CoefficientPlane {
  readonly layout: ComponentLayout;
  readonly slots: Slots;
  /** Coefficients of a block that are kept, `blockSize` squared, in the order of {@link Slots}; not dequantised. */
  readonly coefficients: Int16Array;
  /**
   * A bit for each of the 63 zigzag indices whose AC coefficient is not zero, kept or not, in two words a block: a
   * refining scan codes one bit for each of them, so that it cannot be read without. Empty where only DC is decoded.
   */
  readonly history: Int32Array;
}

/** @param isDecodedWhole whether scans of coefficients that are not kept are decoded too */
export function allocateCoefficients(layout: ComponentLayout, isDecodedWhole: boolean): CoefficientPlane {
  const slots = slotsBySize[layout.blockSize];
  const blocks = layout.paddedBlocksAcross * layout.paddedBlocksDown;
  return {
    layout,
    slots,
    coefficients: new Int16Array(blocks * slots.count),
    history: new Int32Array(slots.lastNeeded === 0 && !isDecodedWhole ? 0 : blocks * 2),
  };
}

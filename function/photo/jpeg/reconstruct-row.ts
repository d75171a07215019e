import type { CoefficientPlane } from './coefficient-plane.ts';
import type { JpegWorkspace, SamplePlane } from './kernel/jpeg-workspace.ts';
import { reconstructBlock } from './reconstruct-block.ts';

export interface CoefficientComponent {
  readonly coefficients: CoefficientPlane;
  readonly plane: SamplePlane;
  /** In the order of a block's slots. */
  readonly quantisation: Int32Array;
}

/** Makes the samples of one component in a row of minimum coded units from the coefficients of a progressive picture. */
export function reconstructRow(workspace: JpegWorkspace, component: CoefficientComponent, unitRow: number): void {
  const { block } = workspace;
  const { coefficients: kept, plane, quantisation } = component;
  const { coefficients, slots, layout } = kept;
  const { blockSize } = layout;
  const first = unitRow * layout.verticalBlocks;
  const end = Math.min(first + layout.verticalBlocks, layout.blocksDown);
  for (let row = first; row < end; row++) {
    let from = row * layout.paddedBlocksAcross * slots.count;
    let to = plane.address + ((row * blockSize) % plane.rows) * plane.stride;
    for (let column = 0; column < layout.blocksAcross; column++) {
      let details = 0;
      block[0] = Math.imul(coefficients[from] as number, quantisation[0] as number);
      for (let slot = 1; slot < slots.count; slot++) {
        const coefficient = coefficients[from + slot] as number;
        details |= coefficient;
        block[slot] = Math.imul(coefficient, quantisation[slot] as number);
      }
      reconstructBlock(workspace, details !== 0, blockSize, to, plane.stride);
      from += slots.count;
      to += blockSize;
    }
  }
}

import type { CoefficientPlane } from '../entropy/coefficient-plane.ts';
import { type JpegWorkspace, rowAddress, type SamplePlane } from '../kernels/jpeg-workspace.ts';

export interface CoefficientComponent {
  readonly coefficients: CoefficientPlane;
  readonly plane: SamplePlane;
  /** In the order of a block's slots. */
  readonly quantisation: Int32Array;
}

/** Makes the samples of one component in a row of minimum coded units from the coefficients of a progressive picture. */
export function reconstructRow(workspace: JpegWorkspace, component: CoefficientComponent, unitRow: number): void {
  const { coefficients: kept, plane, quantisation } = component;
  const { coefficients, slots, layout } = kept;
  const { blockSize } = layout;
  const { kernels, words, halfWords, coefficientRow, steps } = workspace;
  const reconstruct = kernels[`reconstructRow${blockSize}`];
  words.set(quantisation, steps / Int32Array.BYTES_PER_ELEMENT);
  const first = unitRow * layout.verticalBlocks;
  const end = Math.min(first + layout.verticalBlocks, layout.blocksDown);
  for (let row = first; row < end; row++) {
    const from = row * layout.paddedBlocksAcross * slots.count;
    const rowOfBlocks = coefficients.subarray(from, from + layout.blocksAcross * slots.count);
    halfWords.set(rowOfBlocks, coefficientRow / Int16Array.BYTES_PER_ELEMENT);
    reconstruct(coefficientRow, steps, layout.blocksAcross, rowAddress(plane, row * blockSize), plane.stride);
  }
}

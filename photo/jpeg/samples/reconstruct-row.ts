import { blocksBefore, type CoefficientPlane } from '../entropy/coefficient-plane.ts';
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
  const { layout } = kept;
  const { blockSize } = layout;
  const { kernels, words, steps } = workspace;
  const reconstruct = kernels[`reconstructRow${blockSize}`];
  words.set(quantisation, steps / Int32Array.BYTES_PER_ELEMENT);
  const first = unitRow * layout.verticalBlocks;
  const end = Math.min(first + layout.verticalBlocks, layout.blocksDown);
  for (let row = first; row < end; row++) {
    const from = kept.coefficients + blocksBefore(kept, row) * kept.blockInBytes;
    reconstruct(from, steps, layout.blocksAcross, rowAddress(plane, row * blockSize), plane.stride);
  }
}

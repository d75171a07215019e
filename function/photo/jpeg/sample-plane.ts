import type { ComponentLayout } from './frame-layout.ts';

/**
 * Decoded samples of one component: all of its rows, or a ring of the last two rows of minimum coded units, which is as
 * far as interpolation looks back.
 */
export interface SamplePlane {
  readonly samples: Uint8Array<ArrayBuffer>;
  readonly stride: number;
  /** Row `y` of the component lies at `(y % rows) * stride`. */
  readonly rows: number;
}

export function allocatePlane(layout: ComponentLayout, keeps: 'all rows' | 'two unit rows'): SamplePlane {
  const unitRows = layout.paddedBlocksDown / layout.verticalBlocks;
  const keptUnitRows = keeps === 'all rows' ? unitRows : Math.min(unitRows, 2);
  const rows = keptUnitRows * layout.verticalBlocks * layout.blockSize;
  const stride = layout.paddedBlocksAcross * layout.blockSize;
  return { samples: new Uint8Array(rows * stride), stride, rows };
}

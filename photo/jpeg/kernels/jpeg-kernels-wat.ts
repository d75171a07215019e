import { decodeUnitsKernel } from './block-kernels.ts';
import { colourKernel } from './colour-kernel.ts';
import { huffmanKernels } from './huffman-kernels.ts';
import { reconstructKernels, reconstructOne } from './reconstruct-kernels.ts';
import { upsampleKernels } from './upsample-kernels.ts';

/** From entropy-coded data to rows of pixels; addresses, strides and widths are in bytes. */
export const kernels = [
  ...reconstructKernels,
  ...upsampleKernels,
  colourKernel,
  ...huffmanKernels,
  decodeUnitsKernel(reconstructOne),
];

import { colourKernel } from './colour-kernel.ts';
import { reconstructKernels } from './reconstruct-kernels.ts';
import { upsampleKernels } from './upsample-kernels.ts';

/** From coefficients to rows of pixels; addresses, strides and widths are in bytes. */
export const kernels = [...reconstructKernels, ...upsampleKernels, colourKernel];

import { kernels as pixelKernels } from '../../pixels/kernels/pixel-kernels-wat.ts';
import { codeKernels } from '../inflate/code-kernels.ts';
import { inflateKernels } from '../inflate/inflate-kernels.ts';
import { rgbKernels } from '../rgb/rgb-kernels.ts';
import { unfilterKernels } from '../unfilter/unfilter-kernels.ts';

/** Addresses and lengths are in bytes. */
export const kernels = [...unfilterKernels, ...codeKernels, ...inflateKernels, ...rgbKernels, ...pixelKernels];

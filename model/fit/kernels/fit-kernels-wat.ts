import { resizeKernels } from './resize-kernels.ts';
import { scaleKernels } from './scale-kernels.ts';

/** What of a fit touches every pixel; addresses, lengths and steps are in bytes. */
export const kernels = [...resizeKernels, ...scaleKernels];

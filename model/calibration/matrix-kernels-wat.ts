import { elementwiseKernels } from '../kernels/elementwise-kernels.ts';
import { packKernels } from '../kernels/pack-kernels.ts';
import { pointwiseKernels } from '../kernels/pointwise-kernels.ts';

/** The kernels of the plan that a matrix of features needs, once more for a memory that threads share. */
export const kernels = [
  ...pointwiseKernels,
  ...elementwiseKernels.filter(({ name }) => name === 'add'),
  ...packKernels.filter(({ name }) => name === 'packFloats'),
];

export const sharesMemory = true;

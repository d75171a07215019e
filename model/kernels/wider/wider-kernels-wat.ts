import { depthwise } from '../depthwise-kernels.ts';
import { strides } from '../depthwise-sizes.ts';
import { curveKernels } from './curve-kernels.ts';
import { directKernels } from './direct-kernels.ts';
import { movingKernels } from './moving-kernels.ts';
import { rowKernels } from './row-kernels.ts';

/** What plans of rarer graphs run on beside `modelKernels`; a module of its own, because most models never need it. */
export const kernels = [
  ...directKernels,
  ...strides.flatMap((stride) => depthwise(7, stride)),
  ...movingKernels,
  ...rowKernels,
  ...curveKernels,
];

import { channelsKernels } from './channels-kernels.ts';
import { depthwiseKernels } from './depthwise-kernels.ts';
import { dotKernels } from './dot-kernels.ts';
import { elementwiseKernels } from './elementwise-kernels.ts';
import { gatherKernel } from './gather-kernel.ts';
import { packKernels } from './pack-kernels.ts';
import { padKernel } from './pad-kernel.ts';
import { pointwiseKernels } from './pointwise-kernels.ts';
import { poolKernels } from './pool-kernels.ts';

/** What a plan runs on; addresses, steps and sizes are in bytes unless a kernel says otherwise. */
export const kernels = [
  ...pointwiseKernels,
  gatherKernel,
  ...depthwiseKernels,
  ...elementwiseKernels,
  ...channelsKernels,
  ...poolKernels,
  padKernel,
  ...packKernels,
  ...dotKernels,
];

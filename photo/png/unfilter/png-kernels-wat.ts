import { unfilterKernels } from './unfilter-kernels.ts';

/** Addresses and lengths are in bytes. */
export const kernels = unfilterKernels;

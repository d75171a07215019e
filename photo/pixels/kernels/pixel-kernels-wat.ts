import { squareKernels } from '../squares/square-kernels.ts';
import { layOnWhite } from './lay-on-white.ts';

/** What is done with pixels whatever file they come from; addresses and lengths are in bytes. */
export const kernels = [layOnWhite, ...squareKernels];

import { decodeAcKernel } from './decode-ac-kernel.ts';
import { decodeDcKernel } from './decode-dc-kernel.ts';
import { groupKernel } from './group-kernel.ts';
import { symbolFunctions } from './huffman-kernels.ts';
import { refineAcKernel } from './refine-ac-kernel.ts';

/** From the entropy-coded data of progressive scans to coefficients, on the memory of the other kernels of JPEGs. */
export const kernels = [...symbolFunctions, groupKernel, decodeDcKernel, decodeAcKernel, refineAcKernel];

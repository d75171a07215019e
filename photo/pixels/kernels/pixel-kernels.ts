// Written by "npm run wasm" from pixel-kernels-wat.ts, which says what each kernel does.
import { KernelModule } from '../../../wasm/kernel-module.ts';

export interface PixelKernels {
  layOnWhite(row: number, out: number, end: number): void;
  addToSums(row: number, factor: number, sums: number, sumsEnd: number): void;
}

export const pixelKernels = new KernelModule<PixelKernels>(new URL('./pixel-kernels.wasm', import.meta.url));

// Written by "npm run wasm" from weight-kernels-wat.ts, which says what each kernel does.
import { KernelModule } from '../../wasm/kernel-module.ts';

export interface WeightKernels {
  hasInfiniteFloat(from: number, end: number): number;
  hasInfiniteHalf(from: number, end: number): number;
}

export const weightKernels = new KernelModule<WeightKernels>(new URL('./weight-kernels.wasm', import.meta.url));

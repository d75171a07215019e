// Written by "npm run wasm" from progressive-kernels-wat.ts, which says what each kernel does.
import { KernelModule } from '../../../wasm/kernel-module.ts';

export interface ProgressiveKernels {
  layOutGroups(code: number, out: number): void;
  decodeDcUnits(
    position: number,
    windowEnd: number,
    checkAt: number,
    unit: number,
    blocks: number,
    units: number,
  ): number;
  decodeAcUnits(position: number, windowEnd: number, checkAt: number, coder: number, units: number): number;
  refineAcUnits(position: number, windowEnd: number, checkAt: number, coder: number, units: number): number;
}

export const progressiveKernels = new KernelModule<ProgressiveKernels>(
  new URL('./progressive-kernels.wasm', import.meta.url),
);

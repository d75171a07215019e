// Written by "npm run wasm" from fit-kernels-wat.ts, which says what each kernel does.
import { KernelModule } from '../../../wasm/kernel-module.ts';

export interface FitKernels {
  splitWeights(plan: number, planStep: number, count: number): void;
  resizeRow(row: number, channels: number, plan: number, planStep: number, count: number, out: number): void;
  resizeColumns(rows: number, rowStep: number, weights: number, weightsEnd: number, length: number, out: number): void;
  scaleGrey(pixels: number, end: number, tables: number, out: number): void;
  scaleRgb(pixels: number, end: number, tables: number, out: number): void;
  scaleBgr(pixels: number, end: number, tables: number, out: number): void;
}

export const fitKernels = new KernelModule<FitKernels>(new URL('./fit-kernels.wasm', import.meta.url));

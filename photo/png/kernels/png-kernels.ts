// Written by "npm run wasm" from png-kernels-wat.ts, which says what each kernel does.
import { KernelModule } from '../../../wasm/kernel-module.ts';

export interface PngKernels {
  none(row: number, rowAbove: number, out: number, end: number, step: number): void;
  sub(row: number, rowAbove: number, out: number, end: number, step: number): void;
  up(row: number, rowAbove: number, out: number, end: number, step: number): void;
  average(row: number, rowAbove: number, out: number, end: number, step: number): void;
  paeth(row: number, rowAbove: number, out: number, end: number, step: number): void;
  pairLiterals(): void;
  layOutCodes(lengthCount: number, distanceCount: number): number;
  readCodes(input: number, bitAt: number): number;
  inflate(input: number, bitAt: number, lastInput: number, out: number, lastOut: number, oldest: number): number;
  lookUp(row: number, table: number, out: number, end: number): void;
  layOnWhite(row: number, out: number, end: number): void;
  addToSums(row: number, factor: number, sums: number, sumsEnd: number): void;
}

export const pngKernels = new KernelModule<PngKernels>(new URL('./png-kernels.wasm', import.meta.url));

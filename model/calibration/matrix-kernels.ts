// Written by "npm run wasm" from matrix-kernels-wat.ts, which says what each kernel does.
import { KernelModule } from '../../wasm/kernel-module.ts';

export interface MatrixKernels {
  pointwise(
    a: number,
    b: number,
    bias: number,
    out: number,
    rows: number,
    depth: number,
    columns: number,
    rowsPerTile: number,
    low: number,
    high: number,
  ): void;
  add(a: number, b: number, out: number, count: number, low: number, high: number): void;
  packFloats(source: number, to: number, depth: number, columns: number): void;
}

export const matrixKernels = new KernelModule<MatrixKernels>(new URL('./matrix-kernels.wasm', import.meta.url));

// Written by "npm run wasm" from wider-kernels-wat.ts, which says what each kernel does.
import { KernelModule } from '../../../wasm/kernel-module.ts';

export interface WiderKernels {
  directConvolution(
    input: number,
    outRowStep: number,
    pixelStep: number,
    rowStep: number,
    columnStep: number,
    kernelHeight: number,
    kernelWidth: number,
    depth: number,
    weights: number,
    bias: number,
    columns: number,
    out: number,
    outStep: number,
    outHeight: number,
    outWidth: number,
    tileWidth: number,
    low: number,
    high: number,
  ): void;
  depthwise7s1(
    input: number,
    inputRowStep: number,
    weights: number,
    bias: number,
    out: number,
    outHeight: number,
    outWidth: number,
    channelsInBytes: number,
    kernelHeight: number,
    tileWidth: number,
    low: number,
    high: number,
  ): void;
  depthwise7s2(
    input: number,
    inputRowStep: number,
    weights: number,
    bias: number,
    out: number,
    outHeight: number,
    outWidth: number,
    channelsInBytes: number,
    kernelHeight: number,
    tileWidth: number,
    low: number,
    high: number,
  ): void;
  copyRows(input: number, inStep: number, out: number, outStep: number, rows: number, sizeInBytes: number): void;
  permute(
    input: number,
    out: number,
    count0: number,
    in0: number,
    out0: number,
    count1: number,
    in1: number,
    out1: number,
    count2: number,
    in2: number,
    out2: number,
    count3: number,
    in3: number,
    out3: number,
  ): void;
  normaliseRows(
    input: number,
    out: number,
    rows: number,
    rowInBytes: number,
    epsilon: number,
    scale: number,
    offset: number,
  ): void;
  softmaxRows(input: number, out: number, rows: number, count: number): void;
  errorFunction(a: number, out: number, count: number): void;
  gelu(a: number, out: number, count: number, slope: number): void;
  tanh(a: number, out: number, count: number): void;
  subtract(a: number, b: number, out: number, count: number): void;
  divide(a: number, b: number, out: number, count: number): void;
  maximum(a: number, b: number, out: number, count: number): void;
  minimum(a: number, b: number, out: number, count: number): void;
}

export const widerKernels = new KernelModule<WiderKernels>(new URL('./wider-kernels.wasm', import.meta.url));

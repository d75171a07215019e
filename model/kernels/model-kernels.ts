// Written by "npm run wasm" from model-kernels-wat.ts, which says what each kernel does.
import { KernelModule } from '../../wasm/kernel-module.ts';

export interface ModelKernels {
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
  gather(
    input: number,
    inputRowStep: number,
    pixelStep: number,
    patchRowInBytes: number,
    kernelHeight: number,
    count: number,
    out: number,
  ): void;
  depthwise3s1(
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
  depthwise3s2(
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
  depthwise5s1(
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
  depthwise5s2(
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
  add(a: number, b: number, out: number, count: number, low: number, high: number): void;
  multiply(a: number, b: number, out: number, count: number, low: number, high: number): void;
  clamp(a: number, out: number, count: number, low: number, high: number): void;
  sigmoid(a: number, out: number, count: number): void;
  affine(
    input: number,
    scale: number,
    offset: number,
    out: number,
    places: number,
    channelsInBytes: number,
    low: number,
    high: number,
  ): void;
  mean(input: number, places: number, channelsInBytes: number, out: number): void;
  copyPlaces(input: number, out: number, places: number, sizeInBytes: number, outStep: number): void;
  maximumPool(
    input: number,
    out: number,
    height: number,
    width: number,
    channelsInBytes: number,
    outHeight: number,
    outWidth: number,
    kernelHeight: number,
    kernelWidth: number,
    rowStride: number,
    columnStride: number,
    above: number,
    left: number,
  ): void;
  averagePool(
    input: number,
    out: number,
    height: number,
    width: number,
    channelsInBytes: number,
    outHeight: number,
    outWidth: number,
    kernelHeight: number,
    kernelWidth: number,
    rowStride: number,
    columnStride: number,
    above: number,
    left: number,
  ): void;
  pad(
    input: number,
    out: number,
    height: number,
    rowInBytes: number,
    above: number,
    below: number,
    left: number,
    right: number,
  ): void;
  packFloats(source: number, to: number, depth: number, columns: number): void;
  packHalves(source: number, to: number, depth: number, columns: number): void;
  dotFloats(a: number, b: number, count: number): number;
  dotBytes(floats: number, bytes: number, count: number): number;
}

export const modelKernels = new KernelModule<ModelKernels>(new URL('./model-kernels.wasm', import.meta.url));

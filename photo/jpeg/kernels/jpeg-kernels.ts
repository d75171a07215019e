// Written by "npm run wasm" from jpeg-kernels-wat.ts, which says what each kernel does.
import { KernelModule } from '../../../wasm/kernel-module.ts';

export interface JpegKernels {
  reconstruct1(hasDetail: number, out: number, stride: number): void;
  reconstructRow1(coefficients: number, steps: number, count: number, out: number, stride: number): void;
  reconstruct2(hasDetail: number, out: number, stride: number): void;
  reconstructRow2(coefficients: number, steps: number, count: number, out: number, stride: number): void;
  reconstruct4(hasDetail: number, out: number, stride: number): void;
  reconstructRow4(coefficients: number, steps: number, count: number, out: number, stride: number): void;
  reconstruct8(hasDetail: number, out: number, stride: number): void;
  reconstructRow8(coefficients: number, steps: number, count: number, out: number, stride: number): void;
  doubleRow(near: number, width: number, out: number): void;
  doubleBlendedRows(near: number, far: number, width: number, out: number): void;
  blendRows(near: number, far: number, width: number, rounding: number, out: number): void;
  writeYcbcr(lumaRow: number, cbRow: number, crRow: number, width: number, out: number): void;
  layOutCode(code: number): void;
  layOutSkips(code: number, out: number): void;
  decodeUnits(
    position: number,
    windowEnd: number,
    checkAt: number,
    unit: number,
    blocks: number,
    units: number,
  ): number;
}

export const jpegKernels = new KernelModule<JpegKernels>(new URL('./jpeg-kernels.wasm', import.meta.url));

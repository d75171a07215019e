import { fileURLToPath } from 'node:url';
import type { assets as sources } from '../../function/bundling/assets.ts';

/** Stands for function/bundling/assets.ts in the package: all modules lie in lib/, the bundled function beside it. */
export const assets: Readonly<Record<keyof typeof sources, string>> = {
  modelDirectory: fileURLToPath(new URL('../model/clothing', import.meta.url)),
  wasmFile: fileURLToPath(new URL('../function/tfjs-backend-wasm-simd.wasm', import.meta.url)),
  webpWasmFile: fileURLToPath(new URL('../function/webp_dec.wasm', import.meta.url)),
  referencePhotosDirectory: fileURLToPath(new URL('../function/reference', import.meta.url)),
  examplesDirectory: fileURLToPath(new URL('../examples', import.meta.url)),
  pagesDirectory: fileURLToPath(new URL('../function/page', import.meta.url)),
};

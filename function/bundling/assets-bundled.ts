import { fileURLToPath } from 'node:url';
import type { assets as sources } from './assets.ts';

/** Stands for assets.ts in the bundle: where the bundler stages the same files, beside the one module. */
export const assets: Readonly<Record<keyof typeof sources, string>> = {
  modelDirectory: fileURLToPath(new URL('./model', import.meta.url)),
  wasmFile: fileURLToPath(new URL('./tfjs-backend-wasm-simd.wasm', import.meta.url)),
  webpWasmFile: fileURLToPath(new URL('./webp_dec.wasm', import.meta.url)),
  referencePhotosDirectory: fileURLToPath(new URL('./reference', import.meta.url)),
  examplesDirectory: fileURLToPath(new URL('./model/examples', import.meta.url)),
  pagesDirectory: fileURLToPath(new URL('./page', import.meta.url)),
};

import { fileURLToPath } from 'node:url';

// The bundle replaces this module by assets-bundled.ts, where everything lies beside the one module.

/** Where the files are that the service reads while it runs, as absolute paths. */
export const assets = {
  modelDirectory: fileURLToPath(new URL('../../model/clothing', import.meta.url)),
  wasmFile: fileURLToPath(
    new URL('../../node_modules/@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm', import.meta.url),
  ),
  webpWasmFile: fileURLToPath(new URL('../../node_modules/@jsquash/webp/codec/dec/webp_dec.wasm', import.meta.url)),
  referencePhotosDirectory: fileURLToPath(new URL('../reference/photos', import.meta.url)),
  /** Photos to try, of the kinds that the shipped model knows and of others. */
  examplesDirectory: fileURLToPath(new URL('../../examples', import.meta.url)),
  pagesDirectory: fileURLToPath(new URL('./page', import.meta.url)),
} as const;

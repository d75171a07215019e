import { readFileSync } from 'node:fs';
import { WasmFileError } from './wasm-file-error.ts';

const hint = 'Install the package again with "npm ci": a part of it is missing or damaged.';

/** The bytes of a WebAssembly module. Throws a WasmFileError where this Node.js cannot run it. */
export function readWasmFile(wasmFile: string): Uint8Array<ArrayBuffer> {
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = readFileSync(wasmFile);
  } catch (cause) {
    throw new WasmFileError(`The WebAssembly file ${wasmFile} cannot be read.`, hint, { cause });
  }
  if (WebAssembly.validate(bytes)) return bytes;
  throw new WasmFileError(`The file ${wasmFile} is not a WebAssembly module that this Node.js can run.`, hint);
}

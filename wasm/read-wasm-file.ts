import { readFileSync } from 'node:fs';
import { ModelError } from '../model/model-error.ts';

/** The bytes of a WebAssembly module. Throws a ModelError of reason `unreadable` where this Node.js cannot run it. */
export function readWasmFile(wasmFile: string): Uint8Array<ArrayBuffer> {
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = readFileSync(wasmFile);
  } catch (cause) {
    throw new ModelError('unreadable', `The WebAssembly file ${wasmFile} cannot be read.`, { cause });
  }
  if (WebAssembly.validate(bytes)) return bytes;
  throw new ModelError('unreadable', `The file ${wasmFile} is not a WebAssembly module that this Node.js can run.`);
}

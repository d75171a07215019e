import { readFile } from 'node:fs/promises';
import { ModelError } from './model-error.ts';

/** The bytes of a WebAssembly module. Throws a ModelError of reason `unreadable` where this Node.js cannot run it. */
export async function readWasmFile(wasmFile: string): Promise<Uint8Array<ArrayBuffer>> {
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = await readFile(wasmFile);
  } catch (cause) {
    throw new ModelError('unreadable', `The WebAssembly file ${wasmFile} cannot be read.`, { cause });
  }
  if (WebAssembly.validate(bytes)) return bytes;
  throw new ModelError('unreadable', `The file ${wasmFile} is not a WebAssembly module that this Node.js can run.`);
}

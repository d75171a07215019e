import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { WasmFileError } from './wasm-file-error.ts';

/**
 * The kernels of one room, in the `.wasm` file that `npm run wasm` wrote beside their source. Read and compiled when they
 * are first asked for, so that whoever starts without them pays nothing.
 */
export class KernelModule<Exports> {
  readonly #file: URL;
  #module: WebAssembly.Module | undefined;

  /** @param file beside the module that names it, so that it is found in the source tree and in the bundle alike */
  constructor(file: URL) {
    this.#file = file;
  }

  /**
   * The kernels on a memory, which they read and write at the addresses that each call gives.
   * @throws WasmFileError where the file is missing or nothing that this Node.js can run
   */
  instantiate(memory: WebAssembly.Memory): Exports {
    this.#module ??= this.#compile();
    return new WebAssembly.Instance(this.#module, { env: { memory } }).exports as unknown as Exports;
  }

  #compile(): WebAssembly.Module {
    try {
      return new WebAssembly.Module(readFileSync(this.#file));
    } catch (cause) {
      throw new WasmFileError(
        `The kernels in ${fileURLToPath(this.#file)} cannot be read or run by this Node.js.`,
        'Install the package again with "npm ci": a part of it is missing or damaged.',
        { cause },
      );
    }
  }
}

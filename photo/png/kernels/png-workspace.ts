import { ModuleInstances } from '../../../wasm/module-instances.ts';
import { type PngKernels, pngKernels } from './png-kernels.ts';

const idle: ModuleInstances<PngKernels>[] = [];
/** Where photos take turns one is at work at a time; each may hold a picture's memory. */
const mostIdle = 2;

/** The kernels and a memory that no other picture uses until `release`; both are kept for a later one. */
export class PngWorkspace {
  readonly kernels: PngKernels;
  readonly bytes: Uint8Array;
  readonly #instances: ModuleInstances<PngKernels>;
  #isReleased = false;

  constructor(sizeInBytes: number) {
    this.#instances = idle.pop() ?? new ModuleInstances(pngKernels);
    const { exports, memory } = this.#instances.hold(sizeInBytes);
    this.kernels = exports;
    this.bytes = new Uint8Array(memory.buffer);
  }

  /** Once more does nothing. */
  release(): void {
    if (this.#isReleased) return;
    this.#isReleased = true;
    if (idle.length < mostIdle) idle.push(this.#instances);
  }
}

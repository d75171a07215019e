import type { KernelModule } from './kernel-module.ts';

const pageInBytes = 1 << 16;
/** What is not used of it takes no memory of the machine. */
const leastPages = 16;

export interface KernelInstance<Exports> {
  readonly exports: Exports;
  readonly memory: WebAssembly.Memory;
}

/**
 * An instance of a module on a memory of its own, with as much of that as the largest need so far. A larger one gets a
 * new instance and a new memory: to grow the old would detach its buffer, and at the first time that happens in a process
 * V8 throws away all code that it has optimised for typed arrays.
 */
export class ModuleInstances<Exports> {
  readonly #module: KernelModule<Exports>;
  #instance: KernelInstance<Exports> | undefined;

  constructor(module: KernelModule<Exports>) {
    this.#module = module;
  }

  /** The same instance as before as long as its memory suffices; what lay there may still do so. */
  hold(sizeInBytes: number): KernelInstance<Exports> {
    if (this.#instance !== undefined && this.#instance.memory.buffer.byteLength >= sizeInBytes) return this.#instance;
    // Powers of two, so that ever larger photos come to few instances.
    this.#instance = this.make(2 ** Math.ceil(Math.log2(Math.max(leastPages * pageInBytes, sizeInBytes))));
    return this.#instance;
  }

  /** One for a single use, whose memory goes with it. */
  make(sizeInBytes: number): KernelInstance<Exports> {
    const pages = Math.ceil(sizeInBytes / pageInBytes);
    const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
    return { exports: this.#module.instantiate(memory), memory };
  }
}

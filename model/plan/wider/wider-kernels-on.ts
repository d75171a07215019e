import { type WiderKernels, widerKernels } from '../../kernels/wider/wider-kernels.ts';

const instances = new WeakMap<WebAssembly.Memory, WiderKernels>();

/** The kernels of wider plans on the memory of one, instantiated once. */
export function widerKernelsOn(memory: WebAssembly.Memory): WiderKernels {
  const exports = instances.get(memory) ?? widerKernels.instantiate(memory);
  instances.set(memory, exports);
  return exports;
}

import { expect, it } from 'vitest';
import { fitKernels } from '../../model/fit/kernels/fit-kernels.ts';
import { ModuleInstances } from '../../wasm/module-instances.ts';

const mebibyte = 2 ** 20;

it('keeps an instance as long as its memory suffices, and leaves the memory of the one before whole', () => {
  const instances = new ModuleInstances(fitKernels);
  const first = instances.hold(1);
  const bytes = new Uint8Array(first.memory.buffer);

  expect(instances.hold(bytes.length)).toBe(first);

  const larger = instances.hold(3 * mebibyte);

  expect(larger).not.toBe(first);
  expect(larger.memory.buffer.byteLength).toBe(4 * mebibyte);
  expect(bytes).toHaveLength(first.memory.buffer.byteLength);
  expect(instances.hold(1)).toBe(larger);
});

it('makes an instance for a single use beside the one that it keeps, no larger than asked for', () => {
  const instances = new ModuleInstances(fitKernels);
  const kept = instances.hold(1);

  const single = instances.make(3 * mebibyte);

  expect(single.memory.buffer.byteLength).toBe(3 * mebibyte);
  expect(instances.hold(1)).toBe(kept);
});

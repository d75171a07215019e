import { expect, it } from 'vitest';
import { fitModule } from '../../model/fit/kernels/fit-module.ts';
import { ModuleInstances } from '../../wasm/module-instances.ts';

const mebibyte = 2 ** 20;

it('keeps an instance as long as its memory suffices, and leaves the memory of the one before whole', () => {
  const room = new ModuleInstances(fitModule);
  const first = room.hold(1);
  const bytes = new Uint8Array(first.memory.buffer);
  expect(room.hold(bytes.length)).toBe(first);

  const larger = room.hold(3 * mebibyte);
  expect(larger).not.toBe(first);
  expect(larger.memory.buffer.byteLength).toBe(4 * mebibyte);
  expect(bytes).toHaveLength(first.memory.buffer.byteLength);
  expect(room.hold(1)).toBe(larger);
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { assemble } from '../../wasm/assemble.ts';
import { findKernelSources, readKernelText } from '../../wasm/kernel-sources.ts';

const project = join(import.meta.dirname, '..', '..');

it('finds the kernels of every room', () => {
  const names = findKernelSources().map(({ name }) => name);

  expect(names.toSorted()).toEqual(['fit-kernels', 'jpeg-kernels', 'model-kernels', 'png-kernels']);
});

it.each(findKernelSources())('$wasmFile is what its source assembles to', async (source) => {
  const stored = readFileSync(join(project, source.wasmFile));

  const assembled = await assemble(source.name, await readKernelText(source));

  // If this fails: npm run wasm
  expect(Buffer.compare(Buffer.from(assembled), stored)).toBe(0);
});

it('keeps the names of functions where profilers are to show them', async () => {
  const text = '(module (func $addOne (param $x i32) (result i32) (i32.add (local.get $x) (i32.const 1))))';

  const bare = await assemble('sample', text);
  const named = await assemble('sample', text, { keepsNames: true });

  expect(Buffer.from(named).includes('addOne')).toBe(true);
  expect(Buffer.from(bare).includes('addOne')).toBe(false);
});

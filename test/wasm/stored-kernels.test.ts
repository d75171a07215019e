import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { assemble } from '../../wasm/assemble.ts';
import { declareKernels } from '../../wasm/declare-kernels.ts';
import { findKernelSources, readKernels } from '../../wasm/kernel-sources.ts';
import { moduleText } from '../../wasm/text/module.ts';

const project = join(import.meta.dirname, '..', '..');

it('finds the kernels of every room', () => {
  const names = findKernelSources().map(({ name }) => name);

  expect(names.toSorted()).toEqual([
    'fit-kernels',
    'jpeg-kernels',
    'model-kernels',
    'png-kernels',
    'weight-kernels',
    'wider-kernels',
  ]);
});

// If one of these fails: npm run wasm
describe.each(findKernelSources())('$name', (source) => {
  it('is stored as what its source assembles to', async () => {
    const stored = readFileSync(join(project, source.wasmFile));

    const assembled = await assemble(source.name, moduleText(await readKernels(source)));

    expect(Buffer.compare(Buffer.from(assembled), stored)).toBe(0);
  });

  it('is declared in TypeScript as its source describes it', async () => {
    const stored = readFileSync(join(project, source.declarationFile), 'utf8');

    expect(stored).toBe(declareKernels(source, await readKernels(source)));
  });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as matrix from '../../model/calibration/matrix-kernels-wat.ts';
import * as fit from '../../model/fit/kernels/fit-kernels-wat.ts';
import * as weight from '../../model/graph/weight-kernels-wat.ts';
import * as model from '../../model/kernels/model-kernels-wat.ts';
import * as wider from '../../model/kernels/wider/wider-kernels-wat.ts';
import * as jpeg from '../../photo/jpeg/kernels/jpeg-kernels-wat.ts';
import * as progressive from '../../photo/jpeg/kernels/progressive-kernels-wat.ts';
import * as pixel from '../../photo/pixels/kernels/pixel-kernels-wat.ts';
import * as png from '../../photo/png/kernels/png-kernels-wat.ts';
import { assemble } from '../../wasm/assemble.ts';
import { declareKernels } from '../../wasm/declare-kernels.ts';
import { type DescribedKernels, findKernelSources, readKernels } from '../../wasm/kernel-sources.ts';
import { moduleText } from '../../wasm/text/module.ts';

const project = join(import.meta.dirname, '..', '..');
/** By their imports, so that who changes a kernel finds this test among those related to it. */
const imported: ReadonlyMap<string, DescribedKernels> = new Map<string, DescribedKernels>([
  ['fit-kernels', fit],
  ['jpeg-kernels', jpeg],
  ['matrix-kernels', matrix],
  ['model-kernels', model],
  ['pixel-kernels', pixel],
  ['png-kernels', png],
  ['progressive-kernels', progressive],
  ['weight-kernels', weight],
  ['wider-kernels', wider],
]);

it('finds the kernels of every room', async () => {
  const sources = findKernelSources();

  expect(sources.map(({ name }) => name).toSorted()).toEqual([...imported.keys()]);

  for (const source of sources) {
    const { kernels } = await readKernels(source);
    expect(kernels.map(({ name }) => name)).toEqual(imported.get(source.name)?.kernels.map(({ name }) => name));
  }
});

// If one of these fails: npm run wasm
describe.each(findKernelSources())('$name', (source) => {
  const { kernels = [], sharesMemory } = imported.get(source.name) ?? {};

  it('is stored as what its source assembles to', async () => {
    const stored = readFileSync(join(project, source.wasmFile));

    const assembled = await assemble(source.name, moduleText(kernels, sharesMemory));

    expect(Buffer.compare(Buffer.from(assembled), stored)).toBe(0);
  });

  it('is declared in TypeScript as its source describes it', () => {
    const stored = readFileSync(join(project, source.declarationFile), 'utf8');

    expect(stored).toBe(declareKernels(source, kernels));
  });
});

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { assemble } from './assemble.ts';
import { declareKernels } from './declare-kernels.ts';
import { findKernelSources, readKernels } from './kernel-sources.ts';
import { moduleText } from './text/module.ts';

// Assembles all kernels of the project anew, each room's into the two files beside its source.
//   npm run wasm
//   npm run wasm -- --names    with the names of functions and locals, for profilers; not to be committed
const { values } = parseArgs({ options: { names: { type: 'boolean', default: false } } });
const project = join(import.meta.dirname, '..');

for (const source of findKernelSources()) {
  const { kernels, sharesMemory } = await readKernels(source);
  const bytes = await assemble(source.name, moduleText(kernels, sharesMemory), { keepsNames: values.names });
  await writeFile(join(project, source.wasmFile), bytes);
  await writeFile(join(project, source.declarationFile), declareKernels(source, kernels));
  console.log(`${source.wasmFile}: ${bytes.length.toLocaleString('en')} bytes`);
}

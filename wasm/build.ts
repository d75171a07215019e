import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { assemble } from './assemble.ts';
import { findKernelSources, readKernelText } from './kernel-sources.ts';

// Assembles all kernels of the project anew, each into the file beside its source.
//   npm run wasm
//   npm run wasm -- --names    with the names of functions and locals, for profilers; not to be committed
const { values } = parseArgs({ options: { names: { type: 'boolean', default: false } } });

for (const source of findKernelSources()) {
  const bytes = await assemble(source.name, await readKernelText(source), { keepsNames: values.names });
  await writeFile(join(import.meta.dirname, '..', source.wasmFile), bytes);
  console.log(`${source.wasmFile}: ${bytes.length.toLocaleString('en')} bytes`);
}

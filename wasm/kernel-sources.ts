import { globSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Kernel } from './text/kernel.ts';

/** The kernels of one room: where they are described, and what is made of that; paths are relative to the project. */
export interface KernelSource {
  readonly name: string;
  readonly textFile: string;
  readonly wasmFile: string;
  /** What the module exports, in TypeScript. */
  readonly declarationFile: string;
}

const project = join(import.meta.dirname, '..');
const ending = '-kernels-wat.ts';

/** Every `<name>-kernels-wat.ts` of the project, in the order of their paths; a new room of kernels is found by its name. */
export function findKernelSources(): KernelSource[] {
  const files = globSync(`{model,photo}/**/*${ending}`, { cwd: project }).sort();
  return files.map((textFile) => ({
    name: basename(textFile, '-wat.ts'),
    textFile,
    wasmFile: textFile.replace(/-wat\.ts$/, '.wasm'),
    declarationFile: textFile.replace(/-wat\.ts$/, '.ts'),
  }));
}

/** What a room's module is made of. */
export interface DescribedKernels {
  /** In the order in which the module has them. */
  readonly kernels: readonly Kernel[];
  /** Whether they work on a memory that threads share. */
  readonly sharesMemory?: boolean;
}

/** The kernels that a room describes. */
export async function readKernels({ textFile }: KernelSource): Promise<DescribedKernels> {
  return (await import(pathToFileURL(join(project, textFile)).href)) as DescribedKernels;
}

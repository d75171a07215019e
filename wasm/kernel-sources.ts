import { globSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** The kernels of one room: the module that holds their text, and the file with what it assembles to. */
export interface KernelSource {
  readonly name: string;
  /** Both relative to the project. */
  readonly textFile: string;
  readonly wasmFile: string;
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
  }));
}

/** The WebAssembly text of a whole module, which its file exports as `text`. */
export async function readKernelText({ textFile }: KernelSource): Promise<string> {
  const { text } = (await import(pathToFileURL(join(project, textFile)).href)) as { readonly text: string };
  return text;
}

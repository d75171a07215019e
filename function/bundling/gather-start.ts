import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Metafile, Plugin } from 'esbuild';

/** What every start of the function loads: its entry, and what that imports once the settings are read. */
const entry = 'function/main.ts';
const importedByEntry = 'model/classifier.ts';

/**
 * Keeps what every start reads in few files. A bundler puts modules apart by who imports them, so that each late module
 * which shares one with the start cuts another small file out of it; to find, read and link a file costs more than the
 * little that is in it. Late modules are therefore told to import all of the start, which has been loaded before them.
 * @param metafile of the same bundle without this plugin
 * @param otherEntries of the bundle, which share modules with the start too
 */
export function gatherStart(directory: string, { inputs }: Metafile, otherEntries: readonly string[]): Plugin {
  const ofEntry = withStaticImports(inputs, entry);
  // Whoever imports the entry itself waits for a start that may wait for it.
  ofEntry.delete(entry);
  const atStart = new Set([...ofEntry, ...withStaticImports(inputs, importedByEntry)]);
  const dynamicImports = Object.values(inputs).flatMap(({ imports }) =>
    imports.filter(({ kind, external }) => kind === 'dynamic-import' && !external),
  );
  const toImport = new Map([
    ...otherEntries.map((path) => [path, atStart] as const),
    ...dynamicImports.filter(({ path }) => !atStart.has(path)).map(({ path }) => [path, atStart] as const),
    [importedByEntry, ofEntry],
  ]);
  return {
    name: 'gather-start',
    setup: ({ onLoad }) =>
      onLoad({ filter: /\.ts$/ }, async ({ path }) => {
        const more = [...(toImport.get(relative(directory, path)) ?? [])];
        if (more.length === 0) return undefined;
        const statements = more.map((file) => `import ${JSON.stringify(join(directory, file))};`);
        return { contents: [await readFile(path, 'utf8'), ...statements].join('\n'), loader: 'ts' };
      }),
  };
}

function withStaticImports(inputs: Metafile['inputs'], path: string, found = new Set<string>()): Set<string> {
  // What is imported with attributes, as JSON is, would need them again.
  if (found.has(path) || path.endsWith('.json')) return found;
  found.add(path);
  for (const { path: imported, kind, external } of inputs[path]?.imports ?? []) {
    if (kind === 'import-statement' && !external) withStaticImports(inputs, imported, found);
  }
  return found;
}

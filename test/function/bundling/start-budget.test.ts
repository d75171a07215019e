import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { mostJavaScriptInBytes, mostWebAssemblyInBytes } from '../../../facts/start-budget.ts';
import { assets } from '../../../function/bundling/assets.ts';
import { copyModel } from '../../../function/bundling/stage-directory.ts';
import { bundledFunction } from '../../helpers/bundled-function.ts';

// How it is counted: of JavaScript, the bundle's entry, what main.ts imports dynamically before it takes an event (the
// model's classifier), and all that either imports statically; of WebAssembly, the kernels that this and the warm-up's photo
// need. The first test takes both lists from a real start, so that nothing that is loaded goes uncounted.

const { outDirectory: shared, metafile } = await bundledFunction();
const outDirectory = join(mkdtempSync(join(tmpdir(), 'lambda-lens-start-')), 'dist');
cpSync(shared, outDirectory, { recursive: true });
// Which kernels a start reads is the model's affair, and it is the shipped one's that the budget holds.
rmSync(join(outDirectory, 'model'), { recursive: true });
await copyModel(assets.modelDirectory, join(outDirectory, 'model'));

const program = join(import.meta.dirname, 'loaded-at-start.ts');
const loaded: { readonly modules: readonly string[]; readonly kernels: readonly string[] } = JSON.parse(
  execFileSync(process.execPath, [program, outDirectory], { encoding: 'utf8' }),
);

afterAll(() => rmSync(dirname(outDirectory), { recursive: true }));

/** The names of an output that a source is the entry of, and of all that it imports before it runs. */
function withStaticImports(entryPoint: string): ReadonlySet<string> {
  const names = new Set<string>();
  const add = (path: string) => {
    const output = metafile.outputs[path];
    if (output === undefined || names.has(basename(path))) return;
    names.add(basename(path));
    for (const { path: imported, kind } of output.imports) if (kind === 'import-statement') add(imported);
  };
  for (const [path, output] of Object.entries(metafile.outputs)) if (output.entryPoint === entryPoint) add(path);
  return names;
}

function sizeOf(names: Iterable<string>): number {
  return [...names].reduce((sum, name) => sum + statSync(join(outDirectory, name)).size, 0);
}

it('reads before the first event the entry and the classifier, with what they import, and no other module', () => {
  const counted = [...withStaticImports('function/main.ts'), ...withStaticImports('model/classifier.ts')];

  expect(loaded.modules.toSorted()).toEqual([...new Set(counted)].toSorted());
});

it('reads that from few files, since each costs more to find and link than most of them hold', () => {
  expect(loaded.modules.length).toBeLessThanOrEqual(6);
});

it('reads at most 140 kB of JavaScript before the first event', () => {
  expect(sizeOf(loaded.modules)).toBeGreaterThan(mostJavaScriptInBytes / 2);
  expect(sizeOf(loaded.modules)).toBeLessThanOrEqual(mostJavaScriptInBytes);
});

it('reads the kernels of the model, of fitting and of JPEG before the first event, at most 35 kB', () => {
  expect(loaded.kernels.toSorted()).toEqual(['fit-kernels.wasm', 'jpeg-kernels.wasm', 'model-kernels.wasm']);
  expect(sizeOf(loaded.kernels)).toBeLessThanOrEqual(mostWebAssemblyInBytes);
});

import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Metafile } from 'esbuild';
import { afterAll, beforeAll, expect, it, test } from 'vitest';
import { bundle } from '../../../function/bundling/bundle.ts';
import { writeTinyModel } from '../../helpers/tiny-model.ts';

const project = join(import.meta.dirname, '..', '..', '..');
const scratch = mkdtempSync(join(tmpdir(), 'lambda-lens-bundle-'));
const outDirectory = join(scratch, 'dist');
const parity = {
  format: 1,
  madeWith: 'Keras',
  photos: [
    {
      name: 'one',
      recipe: { kind: 'gradient', width: 4, height: 4, seed: 1 },
      scores: [1, 2],
      input: { samples: [] },
    },
  ],
};
const others = { 'parity.json': JSON.stringify(parity), 'README.md': 'read me', 'notes.txt': 'notes' };
const modelDirectory = writeTinyModel({ files: others });
let metafile: Metafile;

beforeAll(async () => {
  for (const name of readdirSync(modelDirectory)) chmodSync(join(modelDirectory, name), 0o600);
  mkdirSync(join(modelDirectory, 'examples'));
  for (const name of ['photo.jpg', 'notes.txt']) writeFileSync(join(modelDirectory, 'examples', name), '');
  mkdirSync(outDirectory);
  writeFileSync(join(outDirectory, 'left-behind.mjs'), '');
  metafile = await bundle({ modelDirectory, outDirectory });
});

afterAll(() => rmSync(scratch, { recursive: true }));

function filesIn(directory: string): readonly string[] {
  const entries = readdirSync(directory, { recursive: true, withFileTypes: true });
  return entries.map((entry) => relative(directory, join(entry.parentPath, entry.name))).sort();
}

/** Everything that reaches a layer of the image: path, mode, time, bytes. */
function fingerprint(directory: string): readonly unknown[] {
  return ['.', ...filesIn(directory)].map((name) => {
    const { mode, mtimeMs } = statSync(join(directory, name));
    const isDirectory = statSync(join(directory, name)).isDirectory();
    return [name, mode, mtimeMs, isDirectory ? '' : readFileSync(join(directory, name), 'base64')];
  });
}

/** Names without what makes them unique, in the order of the names. */
function staged(): string[] {
  return filesIn(outDirectory).map((name) => name.replace(/-[0-9A-Z]{8}\.mjs/, '-*.mjs'));
}

test('takes nothing of package.json along but the version, so that a tool of the project makes no other image', () => {
  const module = readFileSync(join(outDirectory, 'index.mjs'), 'utf8');

  expect(module).not.toContain('vitest');
});

test('stages modules, WebAssembly, the page and what the service reads of the model', () => {
  expect(staged().filter((name) => !name.includes('.mjs'))).toEqual([
    'LICENSE',
    'NOTICE',
    'fit-kernels.wasm',
    'jpeg-kernels.wasm',
    'model',
    'model-kernels.wasm',
    'model/card.json',
    'model/checked.json',
    'model/examples',
    'model/examples/photo.jpg',
    'model/model.json',
    'model/parity.json',
    'model/weights.bin',
    'page',
    'page/frame.html',
    'page/index.html',
    'pixel-kernels.wasm',
    'png-kernels.wasm',
    'progressive-kernels.wasm',
    'reference',
    'reference/baseline.jpg',
    'reference/cmyk.jpg',
    'reference/grey.jpg',
    'reference/palette.png',
    'reference/progressive.jpg',
    'reference/rgb.png',
    'sbom.cdx.json',
    'tfjs-backend-wasm-simd.wasm',
    'webp_dec.wasm',
    'weight-kernels.wasm',
    'wider-kernels.wasm',
  ]);
  expect(staged()).toEqual(expect.arrayContaining(['index.mjs', 'tensorflow-graph-*.mjs.LEGAL.txt']));
  expect(readFileSync(join(outDirectory, 'model', 'card.json'), 'utf8')).toBe(
    readFileSync(join(modelDirectory, 'card.json'), 'utf8'),
  );
});

test('gives the same bytes, modes and times in another checkout and under another umask', () => {
  const checkout = join(scratch, 'another', 'checkout');
  for (const part of [
    'facts',
    'files',
    'function',
    'photo',
    'wasm',
    'model',
    'package.json',
    'tsconfig.json',
    'LICENSE',
    'NOTICE',
  ]) {
    cpSync(join(project, part), join(checkout, part), { recursive: true });
  }
  symlinkSync(join(project, 'node_modules'), join(checkout, 'node_modules'));
  const command = `umask 077; exec "${process.execPath}" function/bundling/bundle.ts --model "${modelDirectory}"`;
  const { status, stderr } = spawnSync('sh', ['-c', command], { cwd: checkout, encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(fingerprint(join(checkout, 'dist'))).toEqual(fingerprint(outDirectory));
});

it('lists the packages that it holds in a bill of materials', () => {
  const bill = JSON.parse(readFileSync(join(outDirectory, 'sbom.cdx.json'), 'utf8'));

  const names = bill.components.map(({ group, name }: { group?: string; name: string }) =>
    group ? `${group}/${name}` : name,
  );

  expect(bill).toMatchObject({
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    metadata: { component: { name: 'lambda-lens' } },
  });
  expect(names).toEqual(expect.arrayContaining(['@tensorflow/tfjs-core', '@jsquash/webp', '@fastify/busboy']));
  expect(names).not.toContain('commander');
});

test('replaces what an earlier bundle left behind', () => {
  expect(filesIn(outDirectory)).not.toContain('left-behind.mjs');
  expect(readdirSync(scratch).filter((name) => name.startsWith('dist'))).toEqual(['dist']);
});

test('leaves the old bundle alone when the new one cannot be made', async () => {
  const before = fingerprint(outDirectory);
  const cut = writeTinyModel({ files: { 'weights.bin': new Uint8Array(12) } });

  await expect(bundle({ modelDirectory: join(scratch, 'nowhere'), outDirectory })).rejects.toThrow(
    /no model directory/,
  );
  await expect(bundle({ modelDirectory: cut, outDirectory })).rejects.toThrow(/weights\.bin/);

  expect(fingerprint(outDirectory)).toEqual(before);
});

type Output = Metafile['outputs'][string];

function outputNamed(pattern: RegExp): Output {
  const found = Object.entries(metafile.outputs).find(([name]) => pattern.test(name));
  if (found === undefined) throw new Error(`No output is called like ${pattern}.`);
  return found[1];
}

/** An output and all that it imports before it runs. */
function withImports(output: Output, seen = new Set<Output>()): ReadonlySet<Output> {
  seen.add(output);
  for (const { path, kind, external } of output.imports) {
    const imported = metafile.outputs[path];
    if (kind === 'import-statement' && !external && imported && !seen.has(imported)) withImports(imported, seen);
  }
  return seen;
}

function sourcesOf(outputs: Iterable<Output>): string[] {
  const inputs = [...outputs].flatMap((output) => Object.entries(output.inputs));
  return inputs.filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([name]) => name);
}

test('contains only what runs: no importer, no stack, no tools, no backend but WebAssembly', () => {
  const names = sourcesOf(Object.values(metafile.outputs));
  const unwanted =
    /(^|\/)(model\/(import|train|calibration)|infra|cli|bench|test)\/|@pulumi|h5wasm|flatbuffers|commander|backend-webgl|backend_cpu|node-fetch/;
  expect(names.filter((name) => unwanted.test(name))).toEqual([]);
  expect(names.filter((name) => name.includes('tfjs-backend-wasm/dist/kernels/')).length).toBeGreaterThan(100);
  expect(names).not.toContain('function/bundling/assets.ts');
});

test('loads for a photo in its request no TF.js, no WebP, no forms and no client of other servers', () => {
  const started = new Set([...withImports(outputNamed(/index\.mjs$/)), ...withImports(outputNamed(/classifier-/))]);
  const unwanted = /node_modules|model\/tensorflow|photo\/webp|read-form|fetch-photo|fetch-object|render-docs/;
  expect(sourcesOf(started).filter((name) => unwanted.test(name))).toEqual([]);
});

test('has what CommonJS needs in the modules that hold some alone', () => {
  const withNames = filesIn(outDirectory)
    .filter((name) => name.endsWith('.mjs'))
    .filter((name) => readFileSync(join(outDirectory, name), 'utf8').includes('createRequire as'))
    .map((name) => name.replace(/-[0-9A-Z]{8}\.mjs/, ''));

  expect(withNames.toSorted()).toEqual(['chunk', 'decode-webp', 'tensorflow-graph']);
});

test('stays within its budget', () => {
  const modules = filesIn(outDirectory).filter((name) => name.endsWith('.mjs'));
  const sizes = modules.map((name) => gzipSync(readFileSync(join(outDirectory, name))).length);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(298_000);
});

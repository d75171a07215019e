import { spawnSync } from 'node:child_process';
import {
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
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundle } from '../../function/bundle.ts';

const project = join(import.meta.dirname, '..', '..');
const scratch = mkdtempSync(join(tmpdir(), 'lambda-lens-bundle-'));
const outDirectory = join(scratch, 'dist');
const modelDirectory = join(scratch, 'model');
let metafile: Metafile;

beforeAll(async () => {
  mkdirSync(modelDirectory);
  for (const name of ['model.json', 'weights.bin', 'card.json', 'parity.json', 'README.md', 'notes.txt']) {
    writeFileSync(join(modelDirectory, name), `contents of ${name}`, { mode: 0o600 });
  }
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

test('stages one module, WebAssembly, the page and what the service reads of the model', () => {
  expect(filesIn(outDirectory)).toEqual([
    'index.mjs',
    'index.mjs.LEGAL.txt',
    'kernels.wasm',
    'model',
    'model/card.json',
    'model/model.json',
    'model/parity.json',
    'model/weights.bin',
    'page',
    'page/index.html',
    'tfjs-backend-wasm-simd.wasm',
    'webp_dec.wasm',
  ]);
  expect(readFileSync(join(outDirectory, 'model', 'card.json'), 'utf8')).toBe('contents of card.json');
});

test('gives the same bytes, modes and times in another checkout and under another umask', () => {
  const checkout = join(scratch, 'another', 'checkout');
  for (const part of ['function', 'model', 'package.json', 'tsconfig.json']) {
    cpSync(join(project, part), join(checkout, part), { recursive: true, filter: (path) => !path.includes('/train') });
  }
  symlinkSync(join(project, 'node_modules'), join(checkout, 'node_modules'));
  const command = `umask 077; exec "${process.execPath}" function/bundle.ts --model "${modelDirectory}"`;
  const { status, stderr } = spawnSync('sh', ['-c', command], { cwd: checkout, encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(fingerprint(join(checkout, 'dist'))).toEqual(fingerprint(outDirectory));
});

test('replaces what an earlier bundle left behind', async () => {
  writeFileSync(join(outDirectory, 'left-behind.mjs'), '');
  await bundle({ modelDirectory, outDirectory });
  expect(filesIn(outDirectory)).not.toContain('left-behind.mjs');
  expect(readdirSync(scratch).filter((name) => name.startsWith('dist'))).toEqual(['dist']);
});

test('leaves the old bundle alone when the new one cannot be made', async () => {
  const before = fingerprint(outDirectory);
  await expect(bundle({ modelDirectory: join(scratch, 'nowhere'), outDirectory })).rejects.toThrow(/model\.json/);
  expect(fingerprint(outDirectory)).toEqual(before);
});

test('contains only what runs: no importer, no stack, no tools, no backend but WebAssembly', () => {
  const [output] = Object.entries(metafile.outputs).filter(([name]) => name.endsWith('index.mjs'));
  const inputs = Object.entries(output?.[1].inputs ?? {}).filter(([, { bytesInOutput }]) => bytesInOutput > 0);
  const names = inputs.map(([name]) => name);
  const unwanted =
    /(^|\/)(model\/(import|train|calibration)|infra|cli|bench|test)\/|@pulumi|h5wasm|flatbuffers|commander|backend-webgl|backend_cpu|node-fetch/;
  expect(names.filter((name) => unwanted.test(name))).toEqual([]);
  expect(names.filter((name) => name.includes('tfjs-backend-wasm/dist/kernels/')).length).toBeGreaterThan(100);
  expect(names).not.toContain('function/assets.ts');
});

// With room for a door or two; a jump over it is a dependency that came in by mistake.
test('stays within its budget', () => {
  const module = readFileSync(join(outDirectory, 'index.mjs'));
  expect(module.length).toBeLessThan(850_000);
  expect(gzipSync(module).length).toBeLessThan(250_000);
});

test('says what is missing when it runs outside Lambda', () => {
  const { status, stderr } = spawnSync(process.execPath, [join(outDirectory, 'index.mjs')], {
    env: {},
    encoding: 'utf8',
  });
  expect(status).toBe(1);
  expect(stderr).toContain('npm start');
});

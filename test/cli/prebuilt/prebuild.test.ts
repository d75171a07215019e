import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { entries } from '../../../cli/prebuilt/find-entry.mjs';
import { keepCode } from '../../../cli/prebuilt/keep-code.ts';
import { codeOf, loadScript } from '../../../cli/prebuilt/load-script.mjs';
import { keepPlaces, prebuild } from '../../../cli/prebuilt/prebuild.ts';
import { commonJsNames } from '../../../function/bundling/common-js-names.ts';
import { drawnJpeg } from '../../helpers/drawn-jpeg.ts';
import { writeTinyModel } from '../../helpers/tiny-model.ts';
import { encodeWebp } from '../../helpers/webp-file.ts';

// Where it finds the packages that it loads, as beside the real one.
const cache = fileURLToPath(new URL('../../../node_modules/.cache/', import.meta.url));
mkdirSync(cache, { recursive: true });
const scratch = mkdtempSync(join(cache, 'prebuild-test-'));
const out = pathToFileURL(`${join(scratch, 'built')}/`);
const service = new URL(entries.service, out);
beforeAll(() => prebuild(out));
afterAll(() => rmSync(scratch, { recursive: true }));

it('builds a command that runs', async () => {
  const main = join(scratch, 'built', entries.command);

  const { stdout } = await promisify(execFile)(process.execPath, [main, 'serve', '--help']);

  expect(stdout).toContain('run the service on this machine');
});

it('builds a service that runs without compiled code, with its own, and with what is none', async () => {
  expect(loadScript(service).script.cachedDataRejected).toBeUndefined();

  await keepCode(service);

  expect(loadScript(service).script.cachedDataRejected).toBe(false);

  // By another name, since V8 remembers what it has compiled.
  const other = new URL('./other.cjs', out);
  copyFileSync(service, other);
  writeFileSync(codeOf(fileURLToPath(other)), 'none');
  const { script, exports } = loadScript(other);

  expect(script.cachedDataRejected).toBe(true);
  expect(exports.startService).toBeTypeOf('function');
});

it('keeps no code of a service that does not start', async () => {
  const broken = new URL('./broken.cjs', out);
  writeFileSync(broken, '(function () { throw new Error("broken"); })');

  await expect(keepCode(broken)).rejects.toThrow('the service does not start');
});

describe('a service of the script', () => {
  const runner = fileURLToPath(new URL('../../../cli/prebuilt/run-and-keep-code.mjs', import.meta.url));
  let address: string;
  let stop: () => Promise<unknown>;

  beforeAll(async () => {
    // A model that its own kernels do not cover, so that TF.js is loaded too.
    const env = { MODEL_DIRECTORY: writeTinyModel() };
    const script = join(scratch, 'built', 'running.cjs');
    copyFileSync(service, script);
    // Node.js calls the loader that a script's imports go through an experiment.
    const words = ['--disable-warning=ExperimentalWarning', runner, script];
    const child = spawn(process.execPath, words, { env, stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = await once(child.stdout, 'data');
    address = /http:\S+/.exec(String(line))?.[0] as string;
    stop = () => {
      child.kill('SIGTERM');
      return once(child, 'exit');
    };
  });
  afterAll(() => stop());

  const post = (body: Uint8Array<ArrayBuffer> | FormData | string): RequestInit => ({ method: 'POST', body });
  const form = (bytes: Uint8Array<ArrayBuffer>): FormData => {
    const fields = new FormData();
    fields.set('photo', new Blob([bytes]));
    return fields;
  };
  const jpeg = new Uint8Array(drawnJpeg(40, 30));
  const url = { ...post('{"url":"http://127.0.0.1/photo.jpg"}'), headers: { 'content-type': 'application/json' } };

  // Each by way of a module or a package that no start loads.
  it.each<[string, string, RequestInit, number, string]>([
    ['a JPEG', '/predict', post(jpeg), 200, '"label"'],
    ['a form', '/predict', post(form(jpeg)), 200, '"label"'],
    ['a URL', '/predict', url, 403, 'url_not_allowed'],
    ['a request for its page', '/', {}, 200, '<!doctype html>'],
    ['a request for its documentation', '/docs', {}, 200, '<!doctype html>'],
    ['a request for its description', '/openapi.json', {}, 200, '"openapi"'],
  ])('answers %s', async (_, path, init, status, content) => {
    const response = await fetch(address + path, init);

    expect(await response.text()).toContain(content);
    expect(response.status).toBe(status);
  });

  it('answers a WebP', async () => {
    const white = { width: 8, height: 8, data: new Uint8Array(8 * 8 * 4).fill(255) };

    const response = await fetch(
      `${address}/predict`,
      post(new Uint8Array(await encodeWebp(white, { lossless: true }))),
    );

    expect(await response.text()).toContain('"label"');
    expect(response.status).toBe(200);
  });
});

it('leaves what a bundle of the function begins with as it is', async () => {
  const file = fileURLToPath(new URL('../../../function/bundling/common-js-names.ts', import.meta.url));

  await build({
    entryPoints: [file],
    outfile: join(scratch, 'names.mjs'),
    bundle: true,
    format: 'esm',
    plugins: [keepPlaces],
  });

  // Otherwise an image that the command pushes would have the paths of the machine that made it.
  const written = await import(pathToFileURL(join(scratch, 'names.mjs')).href);
  expect(written.commonJsNames).toBe(commonJsNames);
});

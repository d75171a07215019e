import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bareEnvironment } from '../helpers/bare-environment.ts';
import { bundledFunction } from '../helpers/bundled-function.ts';
import { drawnJpeg } from '../helpers/drawn-jpeg.ts';
import { writeTinyModel } from '../helpers/tiny-model.ts';
import { RuntimeApiServer } from './runtime/runtime-api-server.ts';

const modelDirectory = writeTinyModel();
const source = join(import.meta.dirname, '..', '..', 'function', 'main.ts');
const { outDirectory } = await bundledFunction();
const bundled = join(outDirectory, 'index.mjs');
const photo = drawnJpeg(40, 60).toString('base64');

let server: RuntimeApiServer;
let child: ChildProcess | undefined;

afterAll(() => rmSync(modelDirectory, { recursive: true }));

beforeEach(async () => {
  server = await new RuntimeApiServer().listen();
});

afterEach(async () => {
  child?.kill('SIGKILL');
  await server.die();
});

describe.each([
  ['from its sources', source, { MODEL_DIRECTORY: modelDirectory }],
  ['from the bundle', bundled, {}],
])('the function, run %s', (_how, entry, environment: Readonly<Record<string, string>>) => {
  function start(more: Readonly<Record<string, string>> = {}) {
    const env = { ...bareEnvironment, AWS_LAMBDA_RUNTIME_API: server.endpoint, ...environment, ...more };
    child = spawn(process.execPath, [entry], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    const { stdout, stderr } = child;
    if (!stdout || !stderr) throw new Error('no pipes');
    return { ended: once(child, 'exit'), log: text(stdout), errors: text(stderr) };
  }

  it('answers a photo through Lambda’s Runtime API, its model loaded before the first event', async () => {
    const { ended, log } = start();
    await server.runtimeWaits();

    const { kind, body } = await server.invoke({ image: photo });

    expect({ kind, labels: Object.keys(JSON.parse(body)) }).toEqual({ kind: 'response', labels: ['red', 'green'] });
    expect(await server.invoke({ image: 'AAAA' })).toMatchObject({
      kind: 'error',
      errorTypeHeader: 'unsupported_format',
    });

    child?.kill('SIGTERM');

    expect(await ended).toEqual([0, null]);
    expect(await log).toContain('"requestId":"request-1"');
  });

  it.each([
    ['a setting without meaning', { MAXIMUM_ITEMS: 'many' }, /MAXIMUM_ITEMS is "many".* It must be a whole number/],
    ['a model that is not there', { MODEL_DIRECTORY: '/no/such/model' }, /\/no\/such\/model/],
  ])('reports %s as an init error and ends with 1', async (_what, settings, message) => {
    const { ended, errors } = start(settings);

    const { body } = await server.initError();

    expect(JSON.parse(body).errorMessage).toMatch(message);
    expect(await ended).toEqual([1, null]);
    expect(await errors).toContain('cannot start');
  });

  it('exports the handler that AWS’s own runtime calls', () => {
    const program = `
      const { handler } = await import(${JSON.stringify(pathToFileURL(entry))});
      const context = { awsRequestId: 'request-1', getRemainingTimeInMillis: () => 28_000 };
      console.log(JSON.stringify(await handler({ image: ${JSON.stringify(photo)} }, context)));
      console.log(await handler({}, context).catch((error) => error.name));`;
    const options = { env: { ...bareEnvironment, ...environment }, encoding: 'utf8' } as const;
    const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', program], options);
    const lines = stdout.split('\n').filter((line) => !line.startsWith('{"time"'));

    expect({ scores: Object.keys(JSON.parse(lines[0] ?? '')), failed: lines[1], stderr }).toEqual({
      scores: ['red', 'green'],
      failed: 'bad_request',
      stderr: '',
    });
  });
});

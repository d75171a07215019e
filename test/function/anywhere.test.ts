import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { settingsFor } from '../../function/anywhere.ts';
import { invocationPath } from '../../function/local/invoke-raw.ts';
import { bareEnvironment } from '../helpers/bare-environment.ts';
import { bundledFunction } from '../helpers/bundled-function.ts';
import { drawnJpeg } from '../helpers/drawn-jpeg.ts';
import { writeTinyModel } from '../helpers/tiny-model.ts';

const modelDirectory = writeTinyModel();
const source = join(import.meta.dirname, '..', '..', 'function', 'main.ts');
const { outDirectory } = await bundledFunction();
const bundled = join(outDirectory, 'index.mjs');
const children: ChildProcess[] = [];

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

afterAll(() => rmSync(modelDirectory, { recursive: true }));

function run(entry: string, environment: Readonly<Record<string, string>>) {
  const child = spawn(process.execPath, [entry], {
    env: { ...bareEnvironment, PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  return child;
}

async function listen(entry: string, environment: Readonly<Record<string, string>>) {
  const child = run(entry, environment);
  for await (const line of createInterface({ input: child.stdout })) {
    const { message, port } = JSON.parse(line);
    if (message === 'listening') return { child, url: `http://127.0.0.1:${port}` };
  }
  throw new Error(await text(child.stderr));
}

describe.each([
  ['from its sources, on one thread', source, { MODEL_DIRECTORY: modelDirectory, WORKERS: '1' }],
  ['from the bundle, on two threads', bundled, { WORKERS: '2' }],
])('without a Lambda runtime, the function run %s', (_how, entry, environment: Readonly<Record<string, string>>) => {
  it('is a server with the routes of the function, and takes no raw events', async () => {
    const { url } = await listen(entry, environment);

    const photo = await fetch(`${url}/predict`, { method: 'POST', body: drawnJpeg(40, 60) });

    expect(await photo.json()).toMatchObject({ model: { name: 'tiny' }, photo: { width: 40, height: 60 } });
    expect((await fetch(`${url}/health/live`)).status).toBe(204);
    expect(await (await fetch(`${url}/health`)).json()).toMatchObject({ status: 'ok', model: { name: 'tiny' } });

    const raw = await fetch(url + invocationPath, { method: 'POST', body: '{"url":"http://127.0.0.1/"}' });

    expect(raw.status).toBe(404);
  });

  it('asks for the secret and refuses private addresses, and lets every origin read, as on Lambda', async () => {
    const { url } = await listen(entry, { ...environment, API_SECRET: 'secret-of-some-length' });
    const ask = (headers: Readonly<Record<string, string>>) =>
      fetch(`${url}/predict`, { method: 'POST', headers, body: '{"url":"http://169.254.169.254/latest"}' });

    const headers = { 'content-type': 'application/json', origin: 'https://shop.example' };
    const [without, withSecret] = [
      await ask(headers),
      await ask({ ...headers, authorization: 'Bearer secret-of-some-length' }),
    ];

    expect([without.status, withSecret.status]).toEqual([401, 403]);
    expect(without.headers.get('access-control-allow-origin')).toBe('*');
  });

  it('finishes the request that is open when it is told to end', async () => {
    const { child, url } = await listen(entry, environment);
    const photo = drawnJpeg(40, 60);
    const open = request(`${url}/predict`, { method: 'POST', headers: { 'content-length': photo.length } });
    const answered = once(open, 'response');
    open.write(photo.subarray(0, 100));
    // Once this is answered, the connection before it has been taken.
    await fetch(`${url}/health/live`);

    child.kill('SIGTERM');
    await untilRefused(url);
    open.end(photo.subarray(100));
    const [response] = await answered;

    expect(response.statusCode).toBe(200);
    response.resume();
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  it.each([
    ['a setting without meaning', { MAXIMUM_ITEMS: 'many' }, 'MAXIMUM_ITEMS is \\"many\\"'],
    ['a model that is not there', { MODEL_DIRECTORY: '/no/such/model' }, '/no/such/model'],
  ])('says why it cannot start with %s, and ends with 1', async (_what, settings, message) => {
    const child = run(entry, { ...environment, ...settings });

    const [errors, [code]] = await Promise.all([
      text(child.stderr as NonNullable<typeof child.stderr>),
      once(child, 'exit'),
    ]);

    expect(code).toBe(1);
    expect(errors).toContain('cannot start');
    expect(errors).toContain(message);
  });
});

/** Resolves when the server takes no more connections; it is told by the second that is tried at the latest. */
async function untilRefused(url: string): Promise<void> {
  while (
    (await fetch(`${url}/health/live`, { headers: { connection: 'close' } }).catch(() => undefined)) !== undefined
  );
}

describe('its settings', () => {
  const machine = { processors: 4, memoryInBytes: 2_000_000_000 };

  it('take a worker for each processor that the memory has room for', () => {
    expect(settingsFor({}, machine).workers).toBe(3);
    expect(settingsFor({ WORKERS: '2' }, machine).workers).toBe(2);
  });

  it('let a worker decode as much as its share of the memory holds, as a function of that memory would', () => {
    const { limits } = settingsFor({ WORKERS: '1' }, { processors: 1, memoryInBytes: 512_000_000 }).settings;

    expect(limits.maximumDecodingMegabytes).toBe(212);
  });

  it('give one address all that there is, unless they say what its share is', () => {
    const { limits } = settingsFor({ MAXIMUM_CONNECTIONS_PER_ADDRESS: '7' }, machine).settings;

    expect(limits.maximumQueuedRequestsPerAddress).toBe(limits.maximumQueuedRequests);
    expect(limits.maximumUploadsPerAddressInBytes).toBe(limits.maximumUploadsInBytes);
    expect(limits.maximumConnectionsPerAddress).toBe(7);
  });
});

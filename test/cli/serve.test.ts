import { once } from 'node:events';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { afterEach, expect, it } from 'vitest';
import { drawnJpeg } from '../helpers/drawn-jpeg.ts';
import { writeTinyModel } from '../helpers/tiny-model.ts';
import { runCli, spawnCli } from './run-cli.ts';

const model = writeTinyModel();
const children: ReturnType<typeof spawnCli>[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

async function startServe() {
  const child = spawnCli(['serve', '--port', '0', '--model', model]);
  children.push(child);
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  const url = /ready on (http:\/\/localhost:\d+) with the model "tiny" \(2 labels\)/.exec(line)?.[1];
  if (url === undefined) throw new Error(`It said: ${line}`);
  return { child, url: url.replace('localhost', '127.0.0.1') };
}

it.each([
  'SIGTERM',
  'SIGINT',
] as const)('serves model and page once it says so, and ends with 0 at %s', async (signal) => {
  const { child, url } = await startServe();

  const answer = await fetch(`${url}/predict`, { method: 'POST', body: drawnJpeg(16, 16) });

  expect(await answer.json()).toMatchObject({ model: { name: 'tiny' }, timing: { coldStart: false } });

  const page = await fetch(url);

  expect(page.headers.get('content-type')).toContain('text/html');

  child.kill(signal);
  const [code] = await once(child, 'close');

  expect(code).toBe(0);
});

it('says plainly that its port is taken', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as { port: number };
  const { errors, code } = await runCli(['serve'], { PORT: String(port) });
  other.close();

  expect(code).toBe(1);
  expect(errors).toContain(`Port ${port} of 127.0.0.1 is taken`);
});

it.each([
  {},
  { npm_lifecycle_event: 'start' },
])('ends with 1 where its model cannot be loaded, with %j', async (npm) => {
  const { errors, code } = await runCli(['serve', '--port', '0', '--model', '/nowhere/model'], npm);

  expect(code).toBe(1);
  expect(errors).toContain('There is no model directory');
});

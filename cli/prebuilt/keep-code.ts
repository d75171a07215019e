import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { buildWarmUpPhoto } from '../../function/warm-up/warm-up-photo.ts';

const runner = fileURLToPath(new URL('./run-and-keep-code.mjs', import.meta.url));
const longestStartInMilliseconds = 20_000;

/** Lets the prebuilt service answer one photo, and keeps beside its script the code that this took. */
export async function keepCode(script: URL): Promise<void> {
  // Without the settings of whoever installs: a secret, say, would have the photo refused.
  const service = spawn(process.execPath, [runner, fileURLToPath(script)], {
    env: {},
    stdio: ['ignore', 'pipe', 'ignore'],
    timeout: longestStartInMilliseconds,
  });
  const ended = once(service, 'exit');
  try {
    const [line] = await Promise.race([once(service.stdout, 'data'), ended]);
    const address = /http:\S+/.exec(String(line))?.[0];
    if (address === undefined) throw new Error('the service does not start.');
    const { ok } = await fetch(`${address}/predict`, { method: 'POST', body: new Uint8Array(buildWarmUpPhoto()) });
    if (!ok) throw new Error('the service answers no photo.');
  } finally {
    service.kill('SIGTERM');
  }
  const [code] = await ended;
  if (code !== 0) throw new Error('the service does not end.');
}

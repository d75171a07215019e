import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A port of this machine that nothing listens on. */
export async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  return port;
}

/** A program that answers at an address; where it never does, or ends before, nothing of it is left running. */
export async function startServer(
  program: string,
  words: readonly string[],
  url: string,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<ChildProcess> {
  const server = spawn(program, words, { stdio: 'ignore', env: environment });
  const over = new AbortController();
  try {
    const ended = once(server, 'exit', { signal: over.signal }).then(() => {
      throw new Error(`${program} ended before it answered.`);
    });
    await Promise.race([untilAnswers(url), ended]);
    return server;
  } catch (error) {
    server.kill();
    throw error;
  } finally {
    over.abort();
  }
}

/** Waits until a server that was just started answers, whatever it says. */
export async function untilAnswers(url: string): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    if ((await fetch(url).catch(() => undefined)) !== undefined) return;
    await sleep(200);
  }
  throw new Error(`${url} does not answer.`);
}

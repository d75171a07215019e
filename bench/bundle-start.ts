import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { RuntimeApiServer } from '../test/function/runtime/runtime-api-server.ts';
import { payload2Event } from '../test/helpers/events.ts';
import type { ColdStart } from './measure-services.ts';
import type { Results } from './results.ts';
import { summarise } from './summarise.ts';

export const bundleName = 'lambda-lens, as on Lambda';
const laterEvents = 15;

/** The staged bundle as Lambda runs it: a process that asks a Runtime API for events. */
export class BundleStarts implements ColdStart {
  readonly name = bundleName;
  readonly #command: readonly string[];
  readonly #event: unknown;
  readonly #ready: number[] = [];
  readonly #first: number[] = [];
  readonly #later: number[] = [];

  constructor(directory: string, photo: Uint8Array, processors: string | undefined) {
    const pinned = processors === undefined ? [] : ['taskset', '-c', processors];
    this.#command = [...pinned, process.execPath, join(directory, 'index.mjs')];
    const headers = { 'content-type': 'image/jpeg' };
    this.#event = payload2Event({ method: 'POST', path: '/predict', headers, body: photo });
  }

  /** One start; then more events, which tell what the first would have taken later. */
  readonly run = async (): Promise<number> => {
    const server = await new RuntimeApiServer().listen();
    const startedAt = performance.now();
    const [program = '', ...args] = this.#command;
    const child = spawn(program, args, {
      env: { PATH: process.env.PATH, AWS_LAMBDA_RUNTIME_API: server.endpoint },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    try {
      const ended = new Promise<never>((_, reject) => {
        child.once('exit', (code) => reject(new Error(`The bundle ended with ${code} before it answered.`)));
      });
      ended.catch(() => undefined);
      await Promise.race([server.runtimeWaits(), ended]);
      this.#ready.push(performance.now() - startedAt);
      this.#first.push(await this.#invoke(server));
      const toFirstAnswer = performance.now() - startedAt;
      for (let count = 0; count < laterEvents; count++) this.#later.push(await this.#invoke(server));
      return toFirstAnswer;
    } finally {
      child.kill('SIGKILL');
      await server.die();
    }
  };

  get summary(): Results['bundle'] {
    return { ready: summarise(this.#ready), first: summarise(this.#first), later: summarise(this.#later) };
  }

  async #invoke(server: RuntimeApiServer): Promise<number> {
    const before = performance.now();
    const { body } = await server.invoke(this.#event);
    if (JSON.parse(body).statusCode !== 200) throw new Error(`The bundle answered ${body}`);
    return performance.now() - before;
  }
}

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { findFreePort, untilAnswers } from '../../test/e2e/started-server.ts';

/** What an invocation came to, as the event source mapping learns of it. */
export type Invoked =
  | { readonly kind: 'answered'; readonly payload: string }
  /** An exception, a timeout, or a process that died: to whoever asked they are the same. */
  | { readonly kind: 'failed'; readonly why: string };

export interface InstanceOptions {
  /** AWS's runtime interface emulator. */
  readonly emulator: string;
  /** The bundle's directory. */
  readonly directory: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutInSeconds: number;
}

/** One instance of the function: the bundle under AWS's emulator, in a process group of its own. */
export class LambdaInstance {
  readonly #emulator: ChildProcess;
  readonly #port: number;
  readonly #agent = new Agent();
  #isGone = false;

  private constructor(emulator: ChildProcess, port: number) {
    this.#emulator = emulator;
    this.#port = port;
    emulator.once('exit', () => {
      this.#isGone = true;
    });
  }

  static async start({ emulator, directory, environment, timeoutInSeconds }: InstanceOptions): Promise<LambdaInstance> {
    const [port, runtimePort] = [await findFreePort(), await findFreePort()];
    const child = spawn(
      emulator,
      [
        ...['--runtime-interface-emulator-address', `127.0.0.1:${port}`],
        ...['--runtime-api-address', `127.0.0.1:${runtimePort}`],
        ...[process.execPath, join(directory, 'index.mjs')],
      ],
      {
        env: { ...environment, AWS_LAMBDA_FUNCTION_TIMEOUT: String(timeoutInSeconds) },
        stdio: 'ignore',
        detached: true,
      },
    );
    const instance = new LambdaInstance(child, port);
    try {
      await untilAnswers(`http://127.0.0.1:${port}`);
    } catch (error) {
      await instance.kill();
      throw error;
    }
    return instance;
  }

  get isGone(): boolean {
    return this.#isGone;
  }

  async invoke(event: unknown): Promise<Invoked> {
    const path = '/2015-03-31/functions/function/invocations';
    const asked = request({ agent: this.#agent, host: '127.0.0.1', port: this.#port, method: 'POST', path });
    try {
      asked.end(JSON.stringify(event));
      const [response] = await once(asked, 'response');
      const payload = await text(response);
      // The emulator says by its own words that the time is over, and by an errorType that the function failed.
      if (response.statusCode !== 200 || /^(?:Task timed out|\{"errorType")/.test(payload)) {
        return { kind: 'failed', why: payload.slice(0, 300) };
      }
      return { kind: 'answered', payload };
    } catch (error) {
      return { kind: 'failed', why: (error as Error).message };
    }
  }

  /** To emulator and function alike. */
  signal(name: NodeJS.Signals): void {
    if (this.#isGone || this.#emulator.pid === undefined) return;
    process.kill(-this.#emulator.pid, name);
  }

  async kill(): Promise<void> {
    if (this.#isGone) return;
    const exited = once(this.#emulator, 'exit');
    this.signal('SIGKILL');
    await exited;
    this.#agent.destroy();
  }
}

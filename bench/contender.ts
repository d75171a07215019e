import { type ChildProcess, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';

/** A service under measurement: a command that listens on `port` and answers a photo posted to `path`. */
export interface Contender {
  readonly name: string;
  readonly command: readonly [program: string, ...args: string[]];
  readonly environment?: Readonly<Record<string, string>>;
  readonly port: number;
  readonly path: string;
  /** Where it is pinned to, if not where all others are. */
  readonly processors?: string;
  /** What the numbers of this contender must be read with. */
  readonly note: string;
}

/** A service that says a photo is larger than it takes (status 413): a limit, not a fault. */
export class PhotoRefused extends Error {
  override readonly name = 'PhotoRefused';
}

const startTimeoutInMilliseconds = 120_000;
const pollIntervalInMilliseconds = 2;

export class RunningContender {
  readonly contender: Contender;
  readonly #process: ChildProcess;
  readonly #startedAt = performance.now();

  constructor(contender: Contender, processors: string | undefined) {
    this.contender = contender;
    const [program, ...args] = contender.command;
    const own = contender.processors ?? processors;
    const pinned = own === undefined ? [program, ...args] : ['taskset', '-c', own, program, ...args];
    this.#process = spawn(pinned[0] as string, pinned.slice(1), {
      env: { ...process.env, ...contender.environment },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  }

  /** Milliseconds from the start of the process to its first complete answer. */
  async firstAnswer(photo: Uint8Array): Promise<number> {
    for (;;) {
      if (this.#process.exitCode !== null || this.#process.signalCode !== null)
        throw new Error(`${this.contender.name} ended before it answered.`);
      const elapsed = performance.now() - this.#startedAt;
      if (elapsed > startTimeoutInMilliseconds) throw new Error(`${this.contender.name} did not answer in time.`);
      try {
        await this.post(photo);
        return performance.now() - this.#startedAt;
      } catch (error) {
        if (!(error instanceof TypeError)) throw error;
        await sleep(pollIntervalInMilliseconds);
      }
    }
  }

  /** Milliseconds from the request to the end of its answer; throws unless the answer is a success, `PhotoRefused` at 413. */
  async post(photo: Uint8Array): Promise<number> {
    const before = performance.now();
    const response = await fetch(`http://127.0.0.1:${this.contender.port}${this.contender.path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body: photo as Uint8Array<ArrayBuffer>,
    });
    const text = await response.text();
    if (!response.ok) {
      const message = `${this.contender.name} answered ${response.status}: ${text}`;
      throw response.status === 413 ? new PhotoRefused(message) : new Error(message);
    }
    return performance.now() - before;
  }

  /** Resident memory now and at its highest, in megabytes; Linux only. */
  async memory(): Promise<{ residentMb: number; peakMb: number }> {
    const status = await readFile(`/proc/${this.#process.pid}/status`, 'utf8');
    const megabytes = (key: string) => Number(new RegExp(`${key}:\\s+(\\d+) kB`).exec(status)?.[1]) / 1024;
    return { residentMb: megabytes('VmRSS'), peakMb: megabytes('VmHWM') };
  }

  async stop(): Promise<void> {
    if (this.#process.exitCode !== null) return;
    const ended = new Promise((resolve) => this.#process.once('exit', resolve));
    this.#process.kill('SIGKILL');
    await ended;
  }
}

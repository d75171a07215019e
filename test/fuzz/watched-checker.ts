import { Worker } from 'node:worker_threads';

const workerFile = new URL('./fuzz-worker.ts', import.meta.url);
const largestHeapInMegabytes = 512;

/** Checks inputs in a worker that is ended when it hangs or dies: from inside, neither can be told. */
export class WatchedChecker {
  readonly #targetModule: URL;
  readonly #timeoutInMilliseconds: number;
  #worker: Worker | undefined;

  constructor(targetModule: URL, timeoutInMilliseconds: number) {
    this.#targetModule = targetModule;
    this.#timeoutInMilliseconds = timeoutInMilliseconds;
  }

  /** What is wrong with how the target answers this input; undefined where nothing is. */
  async check(input: Uint8Array): Promise<string | undefined> {
    this.#worker ??= new Worker(workerFile, {
      workerData: this.#targetModule.href,
      resourceLimits: { maxOldGenerationSizeMb: largestHeapInMegabytes },
    });
    const worker = this.#worker;
    const answered = Promise.withResolvers<{ problem: string | undefined; isAlive: boolean }>();
    const timer = setTimeout(
      () => answered.resolve({ problem: `no answer in ${this.#timeoutInMilliseconds} ms`, isAlive: false }),
      this.#timeoutInMilliseconds,
    );
    worker.once('message', (problem: string | null) =>
      answered.resolve({ problem: problem ?? undefined, isAlive: true }),
    );
    worker.once('error', (error) => answered.resolve({ problem: `the worker died: ${error}`, isAlive: false }));
    worker.postMessage(input);
    const { problem, isAlive } = await answered.promise;
    clearTimeout(timer);
    worker.removeAllListeners('message');
    worker.removeAllListeners('error');
    if (!isAlive) await this.close();
    return problem;
  }

  async close(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.terminate();
  }
}

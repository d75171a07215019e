import { once } from 'node:events';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { docker, startDocker } from './docker.ts';

/** What the runtime under test handed in. */
export interface HandedIn {
  readonly kind: 'response' | 'error';
  readonly body: string;
}

/** A service container under AWS's runtime interface emulator and, in the same otherwise empty network, who calls it. */
export interface ServiceContainer {
  invoke(event: unknown): Promise<HandedIn>;
  /** Sends TERM, as an engine or Lambda does, and says how the process ended. */
  stop(): Promise<{ exitCode: number; seconds: number }>;
  inspect(): Promise<{ State: { OOMKilled: boolean } }>;
  log(): Promise<string>;
  remove(): Promise<void>;
}

/** Adds the emulator to an image: what the image starts becomes the emulator's own child, as Lambda would start it. */
export async function addEmulator(image: string, emulator: string, tag: string): Promise<void> {
  const context = mkdtempSync(join(tmpdir(), 'lambda-lens-emulator-'));
  try {
    copyFileSync(emulator, join(context, 'emulator'));
    const [{ Config: config }] = JSON.parse(await docker(['inspect', image]));
    const entry = JSON.stringify(['/emulator', ...config.Entrypoint]);
    writeFileSync(join(context, 'Dockerfile'), `FROM ${image}\nCOPY emulator /emulator\nENTRYPOINT ${entry}\n`);
    await docker(['build', '--quiet', '--tag', tag, context]);
  } finally {
    rmSync(context, { recursive: true });
  }
}

/**
 * Starts `image`, which has the emulator, read-only, without network, as a user that no file knows, in 512 MB.
 * @param options more for `docker run`
 */
export async function startService(
  image: string,
  baseImage: string,
  options: readonly string[] = [],
): Promise<ServiceContainer> {
  const name = `lambda-lens-e2e-${process.pid}`;
  await docker([
    ...['run', '--detach', '--name', name, '--network', 'none'],
    ...['--read-only', '--user', '993:990', '--cap-drop', 'ALL', '--security-opt', 'no-new-privileges'],
    ...['--memory', '512m', '--memory-swap', '512m', '--env', 'AWS_LAMBDA_FUNCTION_MEMORY_SIZE=512', ...options, image],
  ]);
  const caller = startDocker([
    ...['run', '--rm', '--interactive', '--network', `container:${name}`],
    ...[baseImage, '/usr/local/bin/node', '/test/e2e/container/invoke-emulator.ts'],
  ]);
  caller.stderr.pipe(process.stderr);
  const lines = createInterface({ input: caller.stdout })[Symbol.asyncIterator]();
  const nextLine = async (): Promise<HandedIn> => {
    const { value, done } = await lines.next();
    if (done) throw new Error(`The caller ended early; the service said:\n${await docker(['logs', name])}`);
    return JSON.parse(value);
  };
  await nextLine();
  return {
    async invoke(event) {
      caller.stdin.write(`${JSON.stringify(event)}\n`);
      return nextLine();
    },
    async stop() {
      const startedAt = performance.now();
      await docker(['stop', '--time', '20', name]);
      const exitCode = Number(await docker(['inspect', '--format', '{{.State.ExitCode}}', name]));
      return { exitCode, seconds: (performance.now() - startedAt) / 1_000 };
    },
    inspect: async () => JSON.parse(await docker(['inspect', name]))[0],
    log: () => docker(['logs', name]),
    async remove() {
      caller.stdin.end();
      await once(caller, 'exit');
      await docker(['rm', '--force', name]);
    },
  };
}

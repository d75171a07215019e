import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { docker, startDocker } from './docker.ts';

/** What the runtime under test handed in. */
export interface HandedIn {
  readonly kind: 'response' | 'error' | 'init error';
  readonly body: string;
}

/** A service container and, in the same otherwise empty network, a container with its Runtime API. */
export interface ServiceContainer {
  invoke(event: unknown): Promise<HandedIn>;
  /** Sends TERM, as an engine or Lambda does, and says how the process ended. */
  stop(): Promise<{ exitCode: number; seconds: number }>;
  inspect(): Promise<{ State: { OOMKilled: boolean } }>;
  log(): Promise<string>;
  remove(): Promise<void>;
}

/** Starts `image` read-only, without network, as a user that no file knows, in 512 MB. */
export async function startService(image: string, baseImage: string): Promise<ServiceContainer> {
  const name = `lambda-lens-e2e-${process.pid}`;
  const endpointName = `${name}-endpoint`;
  const endpoint = startDocker([
    ...['run', '--rm', '--interactive', '--name', endpointName, '--network', 'none'],
    ...[baseImage, '/usr/local/bin/node', '/test/e2e/container/runtime-endpoint.ts'],
  ]);
  endpoint.stderr.pipe(process.stderr);
  const lines = createInterface({ input: endpoint.stdout })[Symbol.asyncIterator]();
  const nextLine = async (): Promise<HandedIn> => {
    const { value, done } = await lines.next();
    if (done) throw new Error('The endpoint ended early.');
    return JSON.parse(value);
  };
  await nextLine();
  await docker([
    ...['run', '--detach', '--name', name, '--network', `container:${endpointName}`],
    ...['--read-only', '--user', '993:990', '--cap-drop', 'ALL', '--security-opt', 'no-new-privileges'],
    ...['--memory', '512m', '--memory-swap', '512m', '--env', 'AWS_LAMBDA_FUNCTION_MEMORY_SIZE=512'],
    ...['--env', 'AWS_LAMBDA_RUNTIME_API=127.0.0.1:9001', image],
  ]);
  return {
    async invoke(event) {
      endpoint.stdin.write(`${JSON.stringify(event)}\n`);
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
      await docker(['rm', '--force', name]);
      endpoint.stdin.end();
      await once(endpoint, 'exit');
    },
  };
}

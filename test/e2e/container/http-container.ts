import { untilAnswers } from '../started-server.ts';
import { docker } from './docker.ts';

/** A container that is its own server: no emulator around it, its port published to this machine. */
export interface HttpContainer {
  readonly url: string;
  /** Sends TERM, as an engine or an orchestrator does, and says how the process ended. */
  stop(): Promise<{ exitCode: number; seconds: number }>;
  log(): Promise<string>;
  remove(): Promise<void>;
}

/** Starts it read-only, as a user that no file knows, in 512 MB, with its environment alone. */
export async function startHttp(
  image: string,
  environment: Readonly<Record<string, string>>,
  entry: { readonly program: string; readonly args: readonly string[] } | undefined = undefined,
): Promise<HttpContainer> {
  const container = await docker([
    ...['run', '--detach', '--publish', '127.0.0.1::8080'],
    ...['--read-only', '--user', '993:990', '--cap-drop', 'ALL', '--security-opt', 'no-new-privileges'],
    ...['--memory', '512m', '--memory-swap', '512m'],
    ...Object.entries(environment).flatMap(([name, value]) => ['--env', `${name}=${value}`]),
    ...(entry === undefined ? [image] : ['--entrypoint', entry.program, image, ...entry.args]),
  ]);
  const address = await docker(['port', container, '8080']);
  const url = `http://${address.split('\n')[0]}`;
  try {
    await untilAnswers(`${url}/health`);
  } catch (cause) {
    const said = await docker(['logs', container]);
    await docker(['rm', '--force', container]);
    throw new Error(`It does not answer; it said:\n${said}`, { cause });
  }
  return {
    url,
    async stop() {
      const startedAt = performance.now();
      await docker(['stop', '--time', '20', container]);
      const exitCode = Number(await docker(['inspect', '--format', '{{.State.ExitCode}}', container]));
      return { exitCode, seconds: (performance.now() - startedAt) / 1_000 };
    },
    log: () => docker(['logs', container]),
    async remove() {
      await docker(['rm', '--force', container]);
    },
  };
}

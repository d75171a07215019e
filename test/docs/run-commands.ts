import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

// In a terminal curl shows no progress.
const prelude = 'exec 2>&1\ncurl() { command curl --silent --show-error "$@"; }';
const project = fileURLToPath(new URL('../..', import.meta.url));

export interface CommandOptions {
  /** The project's, unless said. */
  readonly directory?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Lines of bash before them, such as a function that stands in for a program. */
  readonly before?: string;
}

/** Runs commands in bash and stops at the first that fails; both streams as one text. */
export async function runCommands(
  commands: string,
  { directory = project, environment = {}, before = '' }: CommandOptions = {},
): Promise<{ readonly output: string; readonly code: number | null }> {
  const { npm_lifecycle_event: _npm, ...inherited } = process.env;
  const child = spawn('bash', ['-e', '-o', 'pipefail', '-c', `${prelude}\n${before}\n${commands}`], {
    cwd: directory,
    env: { ...inherited, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  // Headers of HTTP end their lines in two characters.
  const lines = output.replaceAll('\r\n', '\n').trimEnd();
  return { output: lines === '' ? '' : `${lines}\n`, code };
}

import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

export const program = fileURLToPath(new URL('../../cli/lambda-lens.mjs', import.meta.url));

export type Environment = Readonly<Record<string, string | undefined>>;

/** This process's environment, as a shell would have it that started neither npm nor a test, with changes. */
export function commandEnvironment(changes: Environment): NodeJS.ProcessEnv {
  const { npm_lifecycle_event: _npm, FORCE_COLOR: _colour, ...inherited } = process.env;
  return { ...inherited, ...changes };
}

export function spawnCli(words: readonly string[], environment: Environment = {}, input?: Uint8Array) {
  const child = spawn(process.execPath, [program, ...words], {
    env: commandEnvironment(environment),
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  // A program that ends without reading it is no fault.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  return child;
}

/** Runs `lambda-lens` to its end. */
export async function runCli(words: readonly string[], environment: Environment = {}) {
  const child = spawnCli(words, environment);
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [output, errors, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { output, errors, code };
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { buffer } from 'node:stream/consumers';
import { buildKit, findDocker } from '../find-tools.ts';

const client = findDocker() ?? 'docker';

/** Starts a docker command; its streams are the caller's to read. */
export function startDocker(args: readonly string[]) {
  return spawn(client, args, {
    env: buildKit,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
}

/**
 * Runs a docker command to its end.
 * @returns its standard output.
 * @throws with what it said on standard error, unless it ended with 0.
 */
export async function docker(args: readonly string[], input?: Uint8Array): Promise<string> {
  const child = startDocker(args);
  child.stdin.on('error', () => undefined); // a command that ends early; its exit code tells
  child.stdin.end(input);
  const [output, errors, [code]] = await Promise.all([buffer(child.stdout), buffer(child.stderr), once(child, 'exit')]);
  if (code !== 0) throw new Error(`docker ${args.join(' ')} ended with ${code}:\n${errors.toString()}`);
  return output.toString().trim();
}

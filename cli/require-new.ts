import { existsSync } from 'node:fs';
import { CliError } from './cli-error.ts';

/**
 * Holds the rule of every command that writes where its line says: what is there stays, unless `--force` is given.
 * Before the work, which may take long.
 * @throws CliError that names the first path that exists
 */
export function requireNew(
  paths: readonly string[],
  { force = false }: { readonly force?: boolean | undefined },
): void {
  const taken = force ? undefined : paths.find((path) => existsSync(path));
  if (taken === undefined) return;
  throw new CliError(`${taken} exists already.`, 'Choose another name, or replace it by --force.');
}

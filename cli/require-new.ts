import { existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
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

/**
 * The same for a file, which takes a folder to be put into.
 * @throws CliError where there is none, or as {@link requireNew} does
 */
export function requireNewFile(path: string, options: { readonly force?: boolean | undefined }): void {
  const folder = dirname(path);
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new CliError(`${path} cannot be written: there is no folder ${folder}.`, 'Make that folder first.');
  }
  requireNew([path], options);
}

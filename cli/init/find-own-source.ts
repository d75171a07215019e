import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

/**
 * What a new project installs this package from: the packed file or folder that it was installed from itself, where npm's
 * record beside it names one, else its version.
 * @param project its folder; undefined where that is not known yet, for a path that holds anywhere on this machine
 */
export function findOwnSource(root: string, version: string, project: string | undefined): string {
  const modules = dirname(resolve(root));
  const record = join(modules, '.package-lock.json');
  // A clone is no package; its folder can be installed from all the same.
  if (!modules.endsWith('node_modules') || !existsSync(record)) return `file:${toPath(project, resolve(root))}`;
  const { packages }: { packages: Readonly<Record<string, { readonly resolved?: string }>> } = JSON.parse(
    readFileSync(record, 'utf8'),
  );
  const resolved = packages['node_modules/lambda-lens']?.resolved;
  if (resolved === undefined || !resolved.startsWith('file:')) return version;
  return `file:${toPath(project, resolve(dirname(modules), resolved.slice('file:'.length)))}`;
}

/** With slashes, as npm writes it. */
function toPath(from: string | undefined, to: string): string {
  return (from === undefined ? to : relative(from, to)).replaceAll('\\', '/');
}

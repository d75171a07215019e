import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

/** Where pnpm keeps each package, below the project that has it as a dependency. */
const storeOfPnpm = /[\\/]node_modules[\\/]\.pnpm[\\/]/;

/**
 * What a new project installs this package from: the packed file or folder that it was installed from itself, where npm's
 * record beside it or, under pnpm, its project names one, else its version.
 * @param project its folder; undefined where that is not known yet, for a path that holds anywhere on this machine
 */
export function findOwnSource(root: string, version: string, project: string | undefined): string {
  const owner = storeOfPnpm.exec(resolve(root));
  if (owner !== null) return toSource(readDependency(resolve(root).slice(0, owner.index)), version, project);
  const modules = dirname(resolve(root));
  const record = join(modules, '.package-lock.json');
  // A clone is no package; its folder can be installed from all the same.
  if (!modules.endsWith('node_modules') || !existsSync(record)) return `file:${toPath(project, resolve(root))}`;
  const { packages }: { packages: Readonly<Record<string, { readonly resolved?: string }>> } = JSON.parse(
    readFileSync(record, 'utf8'),
  );
  const resolved = packages['node_modules/lambda-lens']?.resolved;
  return toSource({ directory: dirname(modules), named: resolved }, version, project);
}

interface Dependency {
  /** Where its project lies. */
  readonly directory: string;
  /** What it is installed from. */
  readonly named: string | undefined;
}

function readDependency(directory: string): Dependency {
  const file = join(directory, 'package.json');
  if (!existsSync(file)) return { directory, named: undefined };
  const { dependencies, devDependencies } = JSON.parse(readFileSync(file, 'utf8'));
  return { directory, named: { ...dependencies, ...devDependencies }['lambda-lens'] };
}

function toSource({ directory, named }: Dependency, version: string, project: string | undefined): string {
  if (named === undefined || !named.startsWith('file:')) return version;
  return `file:${toPath(project, resolve(directory, named.slice('file:'.length)))}`;
}

/** With slashes, as npm writes it. */
function toPath(from: string | undefined, to: string): string {
  return (from === undefined ? to : relative(from, to)).replaceAll('\\', '/');
}

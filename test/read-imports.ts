import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

export interface Import {
  readonly from: string;
  readonly to: string;
  /** Whether it is gone once the types are. */
  readonly isOfTypesAlone: boolean;
}

const projectDirectory = join(import.meta.dirname, '..');
const notOurs = /(?:^|\/)(?:node_modules|dist(?:\.[^/]*)?|coverage|\.git)(?:\/|$)/;

/** Every source file of the project, relative to it. */
export function listSources(): readonly string[] {
  return globSync('**/*.{ts,mts,mjs}', { cwd: projectDirectory, exclude: (path) => notOurs.test(path) });
}

/** What a file imports of the project's own, statically, when needed, as a type, or as a thread's program. */
export function readImports(from: string): readonly Import[] {
  const source = readFileSync(join(projectDirectory, from), 'utf8');
  const toPath = (specifier: string) => normalize(join(dirname(from), specifier));
  const statements = [...source.matchAll(/^(?:import|export)\b([^;'"]*)'(\.[^']+)'/gm)].map(
    ([, clause = '', specifier = '']) => ({
      from,
      to: toPath(specifier),
      isOfTypesAlone: /^\s*type\b/.test(clause) || isListOfTypes(clause),
    }),
  );
  const expressions = [...source.matchAll(/(?:\bimport\(\s*|new URL\()'(\.[^']+)'/g)].map(([, specifier = '']) => ({
    from,
    to: toPath(specifier),
    isOfTypesAlone: false,
  }));
  return [...statements, ...expressions];
}

/** The packages that a file imports. */
export function readPackages(file: string): readonly string[] {
  const source = readFileSync(join(projectDirectory, file), 'utf8');
  return [...source.matchAll(/(?:\bfrom\s+|\bimport\(?\s*)'([^.'][^']*)'/g)].map(([, name = '']) => name);
}

export function countLines(file: string): number {
  return readFileSync(join(projectDirectory, file), 'utf8').split('\n').length - 1;
}

function isListOfTypes(clause: string): boolean {
  const names = /\{([^}]*)\}/
    .exec(clause)?.[1]
    ?.split(',')
    .filter((name) => name.trim() !== '');
  return names?.every((name) => /^\s*type\b/.test(name)) ?? false;
}

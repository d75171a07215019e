import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { CliError } from './cli-error.ts';

const file = 'Pulumi.yaml';
/** What the project is called where no file says it. */
const usualName = 'lambda-lens';

/** The Pulumi project that a command is about: the nearest folder with a Pulumi.yaml, from this one upwards, else this one. */
export function findProjectDirectory(from = process.cwd()): string {
  for (let directory = from; ; directory = dirname(directory)) {
    if (existsSync(join(directory, file))) return directory;
    if (dirname(directory) === directory) return from;
  }
}

/**
 * The name of the project in `directory`, which stands before the keys of its settings.
 * @throws CliError for a file that is no YAML
 */
export function readProjectName(directory: string): string {
  const path = join(directory, file);
  if (!existsSync(path)) return usualName;
  try {
    const { name = usualName }: { readonly name?: string } = parse(readFileSync(path, 'utf8')) ?? {};
    return name;
  } catch (cause) {
    throw new CliError(`${path} cannot be read as YAML.`, 'Mend the file.', { cause });
  }
}

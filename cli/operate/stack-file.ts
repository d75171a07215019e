import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Document, parseDocument, YAMLMap } from 'yaml';
import { CliError } from '../cli-error.ts';
import { readProjectName } from '../project-directory.ts';

/** The settings of a stack in its own file, whose comments and order stay. */
export interface StackFile {
  readonly name: string;
  get(setting: string): string | undefined;
  /** Writes all of them, or none; undefined takes a setting out. */
  write(settings: Readonly<Record<string, string | number | undefined>>): Promise<void>;
}

/**
 * Pulumi.<stack>.yaml of the project in `directory`, made when it is first written to.
 * @throws CliError for a file that is no YAML
 */
export async function openStackFile(directory: string, stack: string): Promise<StackFile> {
  const name = `Pulumi.${stack}.yaml`;
  const path = join(directory, name);
  const document = await read(path, name);
  const project = readProjectName(directory);
  const keyOf = (setting: string) => ['config', `${project}:${setting}`];
  return {
    name,
    get(setting) {
      const value = document.getIn(keyOf(setting));
      return value === undefined || value === null ? undefined : String(value);
    },
    async write(settings) {
      for (const [setting, value] of Object.entries(settings)) {
        if (value === undefined) document.deleteIn(keyOf(setting));
        else document.setIn(keyOf(setting), value);
      }
      const staged = `${path}.${process.pid}`;
      await writeFile(staged, document.toString({ lineWidth: 0 }));
      await rename(staged, path);
    },
  };
}

async function read(path: string, name: string): Promise<Document> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error !== undefined)
    throw new CliError(`${name} cannot be read: ${error.message}`, 'Mend the file.', { cause: error });
  if (document.get('config') === undefined || document.get('config') === null) document.set('config', new YAMLMap());
  return document;
}

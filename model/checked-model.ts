import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isJsonObject } from '../facts/json-object.ts';
import { parseJson } from '../files/parse-json.ts';
import type { GraphVersions } from './graph/graph-file.ts';
import { ModelError } from './model-error.ts';
import { readModelFile } from './model-file.ts';

/** A file as it was then: any other has another size, or another time. */
export interface NotedFile {
  readonly sizeInBytes: number;
  readonly changedAtInSeconds: number;
}

/** checked.json of a model directory. */
export interface CheckNote {
  readonly format: 1;
  readonly weightsVersion: string;
  readonly digest: string;
  /** With the card that lies beside. */
  readonly version: string;
  readonly files: Readonly<Record<string, NotedFile>>;
}

export const noteFileName = 'checked.json';
const checkedFiles = ['model.json', 'weights.bin', 'card.json'];

/**
 * What a note says of a model directory whose files are those that it was written of: its weights are finite and have been
 * hashed, which takes a start longer than to read them. Undefined without a note of this format, or where a file is another
 * now, or gone.
 * @throws ModelError for a note that can't be read
 */
export function readCheckedModel(directory: string): GraphVersions | undefined {
  if (!existsSync(join(directory, noteFileName))) return undefined;
  const note = parseNote(readModelFile(directory, noteFileName).toString('utf8'));
  if (!isNote(note)) return undefined;
  const isSame = (name: string) => {
    const [noted, now] = [note.files[name], findFile(directory, name)];
    return (
      now !== undefined && now.sizeInBytes === noted?.sizeInBytes && now.changedAtInSeconds === noted.changedAtInSeconds
    );
  };
  if (!checkedFiles.every(isSame)) return undefined;
  const { weightsVersion, digest, version } = note;
  return { weightsVersion, digest, versionWith: () => version };
}

function parseNote(text: string): unknown {
  try {
    return parseJson(text);
  } catch (cause) {
    throw new ModelError('unreadable', `${noteFileName} is damaged: ${(cause as Error).message}.`, { cause });
  }
}

function isNote(value: unknown): value is CheckNote {
  if (!isJsonObject(value) || value.format !== 1 || !isJsonObject(value.files)) return false;
  return [value.weightsVersion, value.digest, value.version].every((text) => typeof text === 'string');
}

/** The files that answers depend on, as they are now; all of them are there. */
export function noteFiles(directory: string): CheckNote['files'] {
  return Object.fromEntries(checkedFiles.map((name) => [name, findFile(directory, name) as NotedFile]));
}

function findFile(directory: string, name: string): NotedFile | undefined {
  const found = statSync(join(directory, name), { throwIfNoEntry: false });
  // Layers of an image keep whole seconds.
  return found && { sizeInBytes: found.size, changedAtInSeconds: Math.floor(found.mtimeMs / 1000) };
}

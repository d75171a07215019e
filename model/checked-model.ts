import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
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
 * hashed, which takes a start longer than to read them. Undefined without a note, or where a file is another now.
 * @throws ModelError for a note that can't be read
 */
export function readCheckedModel(directory: string): GraphVersions | undefined {
  if (!existsSync(join(directory, noteFileName))) return undefined;
  const note = parseNote(readModelFile(directory, noteFileName).toString('utf8'));
  if (note.format !== 1) return undefined;
  const isSame = ([name, { sizeInBytes, changedAtInSeconds }]: [string, NotedFile]) => {
    const now = noteFile(directory, name);
    return now.sizeInBytes === sizeInBytes && now.changedAtInSeconds === changedAtInSeconds;
  };
  if (!Object.entries(note.files).every(isSame)) return undefined;
  const { weightsVersion, digest, version } = note;
  return { weightsVersion, digest, versionWith: () => version };
}

function parseNote(text: string): CheckNote {
  try {
    return parseJson(text) as CheckNote;
  } catch (cause) {
    throw new ModelError('unreadable', `${noteFileName} is damaged: ${(cause as Error).message}.`, { cause });
  }
}

/** The files that answers depend on, as they are now. */
export function noteFiles(directory: string): CheckNote['files'] {
  return Object.fromEntries(checkedFiles.map((name) => [name, noteFile(directory, name)]));
}

function noteFile(directory: string, name: string): NotedFile {
  const { size, mtimeMs } = statSync(join(directory, name));
  // Layers of an image keep whole seconds.
  return { sizeInBytes: size, changedAtInSeconds: Math.floor(mtimeMs / 1000) };
}

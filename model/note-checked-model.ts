import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CheckNote, noteFileName, noteFiles } from './checked-model.ts';
import { readModelDirectory } from './read-model-directory.ts';

/**
 * Checks a model directory and writes down that it was, for `readCheckedModel`; the times of its files are final.
 * @throws ModelError where its parts are damaged or don't belong together
 */
export function noteCheckedModel(directory: string): void {
  const { card, version, digest } = readModelDirectory(directory);
  const note: CheckNote = {
    format: 1,
    weightsVersion: card.version,
    digest,
    version,
    files: noteFiles(directory),
  };
  writeFileSync(join(directory, noteFileName), `${JSON.stringify(note, null, 2)}\n`);
}

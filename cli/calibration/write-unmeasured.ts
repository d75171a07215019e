import { existsSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { maximumJsonFileSizeInBytes } from '../../files/file-limits.ts';
import { readPlainFile } from '../../files/plain-file.ts';
import type { Card } from '../../model/card/card.ts';
import { readModelDirectory } from '../../model/read-model-directory.ts';
import { describeFit, writeFitted, writeTraining } from '../evaluation/describe-fit.ts';

/** Where the part begins that `evaluate --card` wrote. */
const startOfFigures = '## Measured\nVersion `';

/**
 * Takes the figures out of a README.md that `evaluate --card` wrote: another calibration made them those of another version.
 * What stands before them stays. Returns the path; undefined where there is no such file, and nothing is done.
 */
export async function writeUnmeasured(directory: string, card: Card): Promise<string | undefined> {
  const path = join(directory, 'README.md');
  if (!existsSync(path)) return undefined;
  const before = readPlainFile(path, maximumJsonFileSizeInBytes).toString('utf8');
  const at = before.indexOf(startOfFigures);
  if (at < 0) return undefined;
  const sections = [
    before.slice(0, at),
    `${startOfFigures}${readModelDirectory(directory).version}\`: not since it was calibrated. \`lambda-lens evaluate --card\` writes its figures here.`,
    ['## Probabilities\n', describeFit(card), ...writeFitted(card.calibration?.fitted)].join('\n'),
    writeTraining(card),
  ];
  const text = sections.flatMap((section) => section?.trim() || []).join('\n\n');
  await writeFile(`${path}.unfinished`, `${text}\n`);
  await rename(`${path}.unfinished`, path);
  return path;
}

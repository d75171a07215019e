import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { maximumJsonFileSizeInBytes } from '../../files/file-limits.ts';
import { parseJson } from '../../files/parse-json.ts';
import { readPlainFile } from '../../files/plain-file.ts';
import type { Card } from '../../model/card/card.ts';

/** What a model directory says to people. */
export interface ModelTexts {
  readonly card: Card;
  /** The owner's words, as Markdown; undefined where there are none. */
  readonly about: string | undefined;
}

/** Reads the card, which the loaded model has proved to be one, and about.md. */
export function readModelTexts(directory: string): ModelTexts {
  const read = (name: string) => readPlainFile(join(directory, name), maximumJsonFileSizeInBytes).toString('utf8');
  return {
    card: parseJson(read('card.json')) as Card,
    about: existsSync(join(directory, 'about.md')) ? read('about.md') : undefined,
  };
}

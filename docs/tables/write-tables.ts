import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generatedTexts, putIn } from './generated-texts.ts';

const projectDirectory = join(import.meta.dirname, '..', '..');

for (const text of generatedTexts) {
  const path = join(projectDirectory, text.file);
  writeFileSync(path, putIn(existsSync(path) ? readFileSync(path, 'utf8') : '', text));
}

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Card } from '../model/card/card.ts';
import { modelVersion } from '../model/version.ts';

/** The version that the service gives the model of a directory. */
export function readModelVersion(modelDirectory: string): string {
  const read = (name: string) => readFileSync(join(modelDirectory, name));
  const files = createHash('sha256').update(read('model.json')).update(read('weights.bin'));
  return modelVersion(files, JSON.parse(read('card.json').toString('utf8')) as Card);
}

/** What a list of the function's versions tells a version's model by. */
export function describeModel(modelDirectory: string): string {
  const card: { readonly name?: unknown } = JSON.parse(readFileSync(join(modelDirectory, 'card.json'), 'utf8'));
  return `model ${typeof card.name === 'string' ? card.name : 'without a name'} ${readModelVersion(modelDirectory)}`;
}

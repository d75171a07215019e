import type { Card } from './card/card.ts';
import { parseCard } from './card/parse-card.ts';
import { readGraphFile } from './graph/read-graph-file.ts';
import { readModelFile } from './model-file.ts';
import { readParityFile } from './parity/parity.ts';
import { requireSameWeights } from './version.ts';

export interface ReadModelDirectory {
  readonly card: Card;
  /** As answers show it. */
  readonly version: string;
  /** The SHA-256 of model.json and weights.bin, in hexadecimal digits. */
  readonly digest: string;
}

/**
 * Reads a model directory and compares its parts with each other, without making ready what runs the graph. Throws the
 * ModelError that loading it would: of a file that is missing, cut short, no JSON or another import's.
 */
export function readModelDirectory(directory: string): ReadModelDirectory {
  const card = parseCard(readModelFile(directory, 'card.json').toString('utf8'));
  readParityFile(directory);
  const { weightsVersion, digest, versionWith } = readGraphFile(directory);
  requireSameWeights(card, weightsVersion);
  return { card, version: versionWith(card), digest };
}

import { readFileSync, writeFileSync } from 'node:fs';
import type { Card } from '../model/card/card.ts';

/**
 * Puts what a training wrote of itself into a card's `trained`, before what stands there. What the card says elsewhere and
 * the record's own accuracy stay out: the model card measures the imported model.
 * @param path of card.json, which is written anew
 */
export function addRecord(path: string, recordPath: string): void {
  const card = JSON.parse(readFileSync(path, 'utf8')) as Card;
  const { architecture, initialWeights, data, recipe } = JSON.parse(readFileSync(recordPath, 'utf8'));
  const trained = { architecture, initialWeights, data, recipe, ...card.trained };
  writeFileSync(path, `${JSON.stringify({ ...card, trained }, undefined, 2)}\n`);
}

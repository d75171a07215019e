import type { Hash } from 'node:crypto';
import type { Card } from './card/card.ts';
import { ModelError } from './model-error.ts';

const versionLength = 12;

/**
 * The version of a model, as answers, outputs and result keys show it: the first 12 hexadecimal digits of the SHA-256 of
 * model.json, of weights.bin and of what the card says that changes answers, as JSON with sorted keys and no spaces.
 * @param files has taken in model.json and weights.bin, in this order; it can be used again
 */
export function modelVersion(files: Hash, { labels, input, output, calibration }: Card): string {
  const card = canonicalJson({ labels, input, output, calibration });
  return files.copy().update(card).digest('hex').slice(0, versionLength);
}

/** What `card.version` holds: the first 12 hexadecimal digits of the SHA-256 of weights.bin, which `weights` has taken in. */
export function weightsVersion(weights: Hash): string {
  // As a Buffer and then as text, for what it does besides: the first Buffer of a process that Node.js makes in C++ changes
  // the prototype of a typed array, at which V8 throws away all code that it has optimised for any. Otherwise that is the
  // body of the first request, and the code that of the decoder.
  return weights.copy().digest().toString('hex').slice(0, versionLength);
}

/** That a card is of these weights and of no others. */
export function requireSameWeights(card: Card, weights: string): void {
  if (card.version === weights) return;
  throw new ModelError('mismatch', `card.json is of the weights ${card.version}, but weights.bin holds ${weights}.`);
}

/** Keys sorted by code units, no spaces; what is undefined is left out. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => {
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

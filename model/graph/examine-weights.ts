import type { Hash } from 'node:crypto';
import { readSync } from 'node:fs';
import { nodeCrypto } from '../../files/node-crypto.ts';
import { InfiniteWeightFinder, type PlacedWeight } from './infinite-weight.ts';
import { withWeightsFile } from './weights-file.ts';

/** What is known of weights.bin once all of it was read. */
export interface ExaminedWeights {
  /** The SHA-256 of all of it. */
  readonly hash: Hash;
  /** The SHA-256 of model.json and of all of it, to which more may be added. */
  readonly hashWithModel: Hash;
  /** The name of a weight that holds a number which is not finite. */
  readonly infiniteWeight: string | undefined;
}

const chunkInBytes = 2 ** 18;

/**
 * Reads all of weights.bin, in pieces that stay in the cache.
 * @param weights that lie in it, to be looked at on the way
 * @param model model.json, which the version of a model takes in before the weights
 * @throws FileError where there is no plain file
 */
export function examineWeights(path: string, weights: readonly PlacedWeight[], model: Uint8Array): ExaminedWeights {
  const { createHash } = nodeCrypto();
  const hash = createHash('sha256');
  const hashWithModel = createHash('sha256').update(model);
  const finder = new InfiniteWeightFinder(weights, chunkInBytes);
  withWeightsFile(path, ({ descriptor }) => {
    for (let offset = 0, count = -1; count !== 0; offset += count) {
      count = readSync(descriptor, finder.chunk);
      const read = finder.chunk.subarray(0, count);
      hash.update(read);
      hashWithModel.update(read);
      finder.look(count, offset);
    }
  });
  return { hash, hashWithModel, infiniteWeight: finder.found };
}

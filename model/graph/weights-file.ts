import { createHash, type Hash } from 'node:crypto';
import { closeSync, readSync } from 'node:fs';
import { maximumWeightsFileSizeInBytes } from '../../files/file-limits.ts';
import { openPlainFile } from '../../files/plain-file.ts';
import { ModelError } from '../model-error.ts';
import { InfiniteWeightFinder, type PlacedWeight } from './infinite-weight.ts';

/** The stored weights of a graph model, one after the other in the order of their entries. */
export interface WeightBytes {
  readonly sizeInBytes: number;
  /** Fills `target` with the bytes from `offset` on. */
  read(target: Uint8Array, offset: number): void;
}

const chunkInBytes = 2 ** 18;

/**
 * weights.bin, of which nothing is kept: a start takes longer to get memory for all of it than to read it twice, first to
 * hash it and then weight by weight to where each belongs. The constructor throws a
 * FileError where there is no plain file.
 */
export class WeightsFile implements WeightBytes {
  readonly sizeInBytes: number;
  /** The SHA-256 of all of it. */
  readonly hash: Hash;
  /** The SHA-256 of what was given to come before it and of all of it, to which more may be added. */
  readonly hashWithModel: Hash;
  /** The name of a weight that holds a number which is not finite. */
  readonly infiniteWeight: string | undefined;
  readonly #path: string;

  /**
   * @param weights that lie in it, to be looked at on the way
   * @param model model.json, which the version of a model takes in before the weights
   */
  constructor(path: string, weights: readonly PlacedWeight[] = [], model: Uint8Array = new Uint8Array()) {
    this.#path = path;
    const hash = createHash('sha256');
    const hashWithModel = createHash('sha256').update(model);
    const finder = new InfiniteWeightFinder(weights, chunkInBytes);
    let sizeInBytes = 0;
    withFile(path, (descriptor) => {
      for (let count = -1; count !== 0; sizeInBytes += count) {
        count = readSync(descriptor, finder.chunk);
        const read = finder.chunk.subarray(0, count);
        hash.update(read);
        hashWithModel.update(read);
        finder.look(count, sizeInBytes);
      }
    });
    this.infiniteWeight = finder.found;
    this.sizeInBytes = sizeInBytes;
    this.hash = hash;
    this.hashWithModel = hashWithModel;
  }

  read(target: Uint8Array, offset: number): void {
    const count = withFile(this.#path, (descriptor) => readSync(descriptor, target, 0, target.length, offset));
    if (count < target.length) throw new ModelError('unreadable', `${this.#path} was cut short while it was read.`);
  }
}

function withFile<Result>(path: string, use: (descriptor: number) => Result): Result {
  const { descriptor } = openPlainFile(path, maximumWeightsFileSizeInBytes);
  try {
    return use(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

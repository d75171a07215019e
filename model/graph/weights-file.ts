import { createHash } from 'node:crypto';
import { closeSync, readSync } from 'node:fs';
import { maximumWeightsFileSizeInBytes } from '../../files/file-limits.ts';
import { openPlainFile } from '../../files/plain-file.ts';
import { ModelError } from '../model-error.ts';

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
  /** In hexadecimal digits. */
  readonly sha256: string;
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
    const hash = createHash('sha256');
    const chunk = new Uint8Array(chunkInBytes);
    let sizeInBytes = 0;
    withFile(path, (descriptor) => {
      for (let count = -1; count !== 0; sizeInBytes += count) {
        count = readSync(descriptor, chunk);
        hash.update(chunk.subarray(0, count));
      }
    });
    this.sizeInBytes = sizeInBytes;
    // As a Buffer and then as text, for what it does besides: the first Buffer of a process that Node.js makes in C++ changes
    // the prototype of a typed array, at which V8 throws away all code that it has optimised for any. Otherwise that is the
    // body of the first request, and the code that of the decoder.
    this.sha256 = hash.digest().toString('hex');
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

import { closeSync, readSync } from 'node:fs';
import { maximumWeightsFileSizeInBytes } from '../../files/file-limits.ts';
import { openPlainFile, type PlainFile } from '../../files/plain-file.ts';
import { ModelError } from '../model-error.ts';

/** The stored weights of a graph model, one after the other in the order of their entries. */
export interface WeightBytes {
  readonly sizeInBytes: number;
  /** Fills `target` with the bytes from `offset` on. */
  read(target: Uint8Array, offset: number): void;
  /** What `use` returns, which reads many a weight: where they lie in a file, that is open meanwhile. */
  keepOpen<Result>(use: () => Result): Result;
}

/**
 * weights.bin, of which nothing is kept: a start takes longer to get memory for all of it than to read it weight by weight
 * to where each belongs. The constructor throws a FileError where there is no plain file.
 */
export class WeightsFile implements WeightBytes {
  readonly sizeInBytes: number;
  readonly #path: string;
  #descriptor: number | undefined;

  constructor(path: string) {
    this.#path = path;
    this.sizeInBytes = withWeightsFile(path, ({ sizeInBytes }) => sizeInBytes);
  }

  read(target: Uint8Array, offset: number): void {
    this.keepOpen((descriptor) => {
      if (readSync(descriptor, target, 0, target.length, offset) === target.length) return;
      throw new ModelError('unreadable', `${this.#path} was cut short while it was read.`);
    });
  }

  keepOpen<Result>(use: (descriptor: number) => Result): Result {
    if (this.#descriptor !== undefined) return use(this.#descriptor);
    return withWeightsFile(this.#path, ({ descriptor }) => {
      this.#descriptor = descriptor;
      try {
        return use(descriptor);
      } finally {
        this.#descriptor = undefined;
      }
    });
  }
}

/** What `use` makes of the open file. */
export function withWeightsFile<Result>(path: string, use: (file: PlainFile) => Result): Result {
  const file = openPlainFile(path, maximumWeightsFileSizeInBytes);
  try {
    return use(file);
  } finally {
    closeSync(file.descriptor);
  }
}

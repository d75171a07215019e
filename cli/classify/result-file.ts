import { closeSync, constants, fstatSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';
import { type FileLock, lockFile } from '../../files/lock-file.ts';
import { describeSystemError, isSystemError } from '../../files/system-reason.ts';
import { CliError } from '../cli-error.ts';

/** A file of results that grows record by record, so that what is done stays done when the program is ended. */
export interface ResultFile {
  /** Whole records that an earlier run has left, its heading included; empty for a new file. */
  readonly earlier: string;
  /** Throws a CliError where the disk takes no more; the records before this one are kept whole. */
  write(record: string): void;
  close(): void;
}

const { O_RDWR, O_CREAT, O_EXCL, O_APPEND, O_NONBLOCK = 0 } = constants;
/** What fits into one string of Node.js. */
const largestEarlierSizeInBytes = 500_000_000;

/**
 * Opens a new file, with `force` in the place of one that is there, or with `resume` the file of an earlier run without the record that it was ended in. While it is open
 * no other run can open it.
 * @throws CliError for a file that exists already and is not to be resumed, and for one that can't be written
 * @throws FileError where another run writes it
 */
export function openResultFile(
  path: string,
  { resume, force = false }: { readonly resume: boolean; readonly force?: boolean },
): ResultFile {
  const lock = explainFailure(path, () => lockFile(path));
  try {
    const file = explainFailure(path, () =>
      openSync(path, O_RDWR | O_CREAT | O_APPEND | O_NONBLOCK | (resume || force ? 0 : O_EXCL)),
    );
    if (force) ftruncateSync(file, 0);
    return new GrowingFile(path, file, lock);
  } catch (error) {
    lock.release();
    throw error;
  }
}

class GrowingFile implements ResultFile {
  readonly earlier: string;
  readonly #path: string;
  readonly #file: number;
  readonly #lock: FileLock;
  #sizeInBytes: number;

  constructor(path: string, file: number, lock: FileLock) {
    this.#path = path;
    this.#file = file;
    this.#lock = lock;
    try {
      const stored = readStored(path, file);
      this.#sizeInBytes = stored.lastIndexOf('\n') + 1;
      this.earlier = stored.toString('utf8', 0, this.#sizeInBytes);
      ftruncateSync(file, this.#sizeInBytes);
    } catch (error) {
      closeSync(file);
      throw error;
    }
  }

  write(record: string): void {
    const bytes = Buffer.from(record);
    try {
      for (let at = 0; at < bytes.length; ) at += writeSync(this.#file, bytes, at);
      this.#sizeInBytes += bytes.length;
    } catch (cause) {
      if (!isSystemError(cause)) throw cause;
      ftruncateSync(this.#file, this.#sizeInBytes);
      throw new CliError(
        `${this.#path} takes no more results: ${describeSystemError(cause)}.`,
        'Those before are kept whole. Make room, then go on with --resume.',
        { cause },
      );
    }
  }

  close(): void {
    closeSync(this.#file);
    this.#lock.release();
  }
}

function readStored(path: string, file: number): Buffer {
  const stats = fstatSync(file);
  if (!stats.isFile()) throw new CliError(`${path} is not a file.`, 'Choose another name for --out.');
  if (stats.size > largestEarlierSizeInBytes) {
    throw new CliError(
      `${path} has ${(stats.size / 1e6).toFixed(0)} MB, too much to go on with.`,
      `Give the photos that are left and another name for --out: --resume takes up to ${largestEarlierSizeInBytes / 1e6} MB.`,
    );
  }
  const stored = Buffer.alloc(stats.size);
  for (let at = 0; at < stored.length; ) {
    const count = readSync(file, stored, at, stored.length - at, at);
    if (count === 0) return stored.subarray(0, at);
    at += count;
  }
  return stored;
}

function explainFailure<Result>(path: string, act: () => Result): Result {
  try {
    return act();
  } catch (cause) {
    if (!isSystemError(cause)) throw cause;
    if (cause.code === 'EEXIST') {
      throw new CliError(
        `${path} exists already.`,
        'Go on with it by --resume, replace it by --force, or choose another name.',
      );
    }
    const complaint = `${path} cannot be written: ${describeSystemError(cause)}.`;
    throw new CliError(complaint, 'Check that its folder exists and may be written to.', { cause });
  }
}

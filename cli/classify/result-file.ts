import { closeSync, constants, fstatSync, ftruncateSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { type FileLock, lockFile } from '../../files/lock-file.ts';
import { describeSystemError, isSystemError } from '../../files/system-reason.ts';
import { CliError } from '../cli-error.ts';

/** A file of results that grows record by record, so that what is done stays done when the program is ended. */
export interface ResultFile {
  /** Whole records that an earlier run has left, its heading included; empty for a new file. */
  readonly earlier: string;
  /** What stands above the first record, and is written with it. */
  begin(heading: string): void;
  /** Throws a CliError where the disk takes no more; the records before this one are kept whole. */
  write(record: string): void;
  /** A new file without a record goes, and one that was to be replaced by none stays as it was. */
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
    const { file, isNew } = explainFailure(path, () => open(path, resume || force));
    return new GrowingFile(path, { file, isNew, isReplaced: force && !isNew, lock });
  } catch (error) {
    lock.release();
    throw error;
  }
}

function open(path: string, mayBeThere: boolean): { readonly file: number; readonly isNew: boolean } {
  const flags = O_RDWR | O_CREAT | O_APPEND | O_NONBLOCK;
  try {
    return { file: openSync(path, flags | O_EXCL), isNew: true };
  } catch (error) {
    if (!mayBeThere || !isSystemError(error) || error.code !== 'EEXIST') throw error;
    return { file: openSync(path, flags), isNew: false };
  }
}

interface OpenedFile {
  readonly file: number;
  readonly isNew: boolean;
  /** What is in it goes once there is a first record. */
  readonly isReplaced: boolean;
  readonly lock: FileLock;
}

class GrowingFile implements ResultFile {
  readonly earlier: string;
  readonly #path: string;
  readonly #file: number;
  readonly #lock: FileLock;
  readonly #isNew: boolean;
  #isReplaced: boolean;
  #heading = '';
  #sizeInBytes = 0;

  constructor(path: string, { file, isNew, isReplaced, lock }: OpenedFile) {
    this.#path = path;
    this.#file = file;
    this.#lock = lock;
    this.#isNew = isNew;
    this.#isReplaced = isReplaced;
    try {
      const sizeInBytes = requireFile(file, path);
      const stored = isReplaced ? Buffer.alloc(0) : readStored(file, path, sizeInBytes);
      this.#sizeInBytes = stored.lastIndexOf('\n') + 1;
      this.earlier = stored.toString('utf8', 0, this.#sizeInBytes);
      if (!isReplaced) ftruncateSync(file, this.#sizeInBytes);
    } catch (error) {
      closeSync(file);
      throw error;
    }
  }

  begin(heading: string): void {
    this.#heading = heading;
  }

  write(record: string): void {
    const bytes = Buffer.from(this.#heading + record);
    try {
      if (this.#isReplaced) ftruncateSync(this.#file, 0);
      this.#isReplaced = false;
      for (let at = 0; at < bytes.length; ) at += writeSync(this.#file, bytes, at);
      this.#sizeInBytes += bytes.length;
      this.#heading = '';
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
    if (this.#isNew && this.#sizeInBytes === 0) rmSync(this.#path, { force: true });
    this.#lock.release();
  }
}

/** @returns its size in bytes */
function requireFile(file: number, path: string): number {
  const stats = fstatSync(file);
  if (!stats.isFile()) throw new CliError(`${path} is not a file.`, 'Choose another name for --out.');
  return stats.size;
}

function readStored(file: number, path: string, sizeInBytes: number): Buffer {
  if (sizeInBytes > largestEarlierSizeInBytes) {
    throw new CliError(
      `${path} has ${(sizeInBytes / 1e6).toFixed(0)} MB, too much to go on with.`,
      `Give the photos that are left and another name for --out: --resume takes up to ${largestEarlierSizeInBytes / 1e6} MB.`,
    );
  }
  const stored = Buffer.alloc(sizeInBytes);
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

import { closeSync, constants, fstatSync, openSync, readSync, type Stats } from 'node:fs';
import { FileError } from './file-error.ts';
import { describeSystemError, isSystemError } from './system-reason.ts';

// Without O_NONBLOCK to open a named pipe waits for its writer. Windows has neither flag, nor such pipes among its files.
const flags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOCTTY ?? 0);
/** What one read of Node.js takes at most is a little less than 2 GiB. */
const largestReadInBytes = 2 ** 30;

/** An open file of a known size. */
export interface PlainFile {
  readonly descriptor: number;
  readonly sizeInBytes: number;
}

/**
 * Opens a plain file, or what a link to one leads to. What it is and how large is asked of the open handle, so that nothing
 * can take its place in between. Closing it is the caller's.
 * @throws FileError for what is missing, no plain file, larger than the limit or not to be read
 */
export function openPlainFile(path: string, maximumSizeInBytes: number): PlainFile {
  const descriptor = open(path);
  try {
    const stats = fstatSync(descriptor);
    if (!stats.isFile()) throw notPlain(path, stats);
    if (stats.size > maximumSizeInBytes) throw tooLarge(path, stats.size, maximumSizeInBytes);
    return { descriptor, sizeInBytes: stats.size };
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
}

/**
 * All the bytes of a plain file, as many as it had when it was opened.
 * @throws FileError as {@link openPlainFile} does, and where the file is cut short meanwhile
 */
export function readPlainFile(path: string, maximumSizeInBytes: number): Buffer {
  const { descriptor, sizeInBytes } = openPlainFile(path, maximumSizeInBytes);
  try {
    const bytes = Buffer.allocUnsafeSlow(sizeInBytes);
    for (let at = 0; at < sizeInBytes; ) {
      const count = readSync(descriptor, bytes, at, Math.min(sizeInBytes - at, largestReadInBytes), at);
      if (count === 0) throw new FileError(path, 'unreadable', 'it was cut short while it was read', 'Try it again.');
      at += count;
    }
    return bytes;
  } catch (cause) {
    throw isSystemError(cause) ? unreadable(path, describeSystemError(cause), cause) : cause;
  } finally {
    closeSync(descriptor);
  }
}

function open(path: string): number {
  try {
    return openSync(path, flags);
  } catch (cause) {
    if (cause instanceof TypeError) throw unreadable('The file', 'its name holds a zero character', cause);
    if (!isSystemError(cause)) throw cause;
    if (cause.code !== 'ENOENT') throw unreadable(path, describeSystemError(cause), cause);
    // Node.js puts U+FFFD where a name is not UTF-8, so that no such name leads back to its file.
    const complaint = path.includes('\ufffd')
      ? 'its name is not text in UTF-8, and must be changed first'
      : describeSystemError(cause);
    throw new FileError(path, 'missing', complaint, 'Check its name.', { cause });
  }
}

function describeKind(stats: Stats): string {
  if (stats.isFIFO()) return 'a named pipe';
  if (stats.isSocket()) return 'a socket';
  return stats.isCharacterDevice() || stats.isBlockDevice() ? 'a device' : 'something else';
}

function notPlain(path: string, stats: Stats): FileError {
  const [reason, kind] = stats.isDirectory()
    ? (['folder', 'a folder'] as const)
    : (['not_plain', describeKind(stats)] as const);
  return new FileError(path, reason, `it is ${kind}, not a file`, 'Give a plain file, or a link to one.');
}

function tooLarge(path: string, sizeInBytes: number, maximumSizeInBytes: number): FileError {
  const [size, limit] = [sizeInBytes, maximumSizeInBytes].map((bytes) => (bytes / 1e6).toFixed(1));
  const complaint = `it has ${size} MB, more than the ${limit} MB that such a file may have`;
  return new FileError(path, 'too_large', complaint, 'Check that it is the file that you mean.');
}

function unreadable(path: string, complaint: string, cause: unknown): FileError {
  return new FileError(path, 'unreadable', complaint, 'Check that it is whole and that you may read it.', { cause });
}

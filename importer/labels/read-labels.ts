import { readdirSync } from 'node:fs';
import { FileError } from '../../files/file-error.ts';
import { maximumLabelsFileSizeInBytes } from '../../files/file-limits.ts';
import { readPlainFile } from '../../files/plain-file.ts';
import { badLabels } from './bad-labels.ts';
import { parseLabels } from './parse-labels.ts';

/**
 * The labels in the model's order: of a file in any form that {@link parseLabels} knows, or of a folder of class folders,
 * which Keras numbers by their names. Throws an ImportError.
 */
export function readLabels(path: string): string[] {
  const bytes = readBytes(path);
  return bytes === undefined ? requireTwo(path, readFolder(path)) : decodeLabels(path, bytes);
}

/** The labels in the bytes of a file; `name` is for errors. */
export function decodeLabels(name: string, bytes: Uint8Array): string[] {
  return requireTwo(name, parseLabels(name, decode(name, bytes)));
}

function requireTwo(name: string, labels: string[]): string[] {
  if (labels.length < 2 || labels.includes('')) {
    throw badLabels(name, 'it names fewer than two labels, or an empty one');
  }
  return labels;
}

/** Undefined for a folder. */
function readBytes(path: string): Buffer | undefined {
  try {
    return readPlainFile(path, maximumLabelsFileSizeInBytes);
  } catch (cause) {
    if (!(cause instanceof FileError)) throw cause;
    if (cause.reason === 'folder') return undefined;
    throw badLabels(path, cause.complaint, cause);
  }
}

function readFolder(path: string): string[] {
  const entries = readdirSync(path, { withFileTypes: true });
  // By code units, as Python sorts, not by any language's alphabet.
  return entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map(({ name }) => name)
    .sort();
}

/** What writes text on Windows may write UTF-16, which begins with a mark of its byte order. */
function decode(name: string, bytes: Uint8Array): string {
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (cause) {
    throw badLabels(name, 'it is not text in UTF-8', cause);
  }
}

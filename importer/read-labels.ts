import { readdirSync } from 'node:fs';
import { FileError } from '../files/file-error.ts';
import { maximumLabelsFileSizeInBytes } from '../files/file-limits.ts';
import { parseJson } from '../files/parse-json.ts';
import { readPlainFile } from '../files/plain-file.ts';
import { ImportError } from './import-error.ts';

/**
 * The labels in the model's order: a text file of one a line, a JSON list, a JSON object from label to number (Keras's
 * `class_indices`), or a folder of class folders, which Keras numbers by their names. Throws an {@link ImportError}.
 */
export function readLabels(path: string): string[] {
  const bytes = readBytes(path);
  const labels = bytes === undefined ? readFolder(path) : parseLabels(path, bytes);
  const repeated = labels.find((label, at) => labels.indexOf(label) !== at);
  if (labels.length < 2 || labels.includes(''))
    throw badLabels(path, 'it names fewer than two labels, or an empty one');
  if (repeated !== undefined) throw badLabels(path, `it names "${repeated}" twice`);
  return labels;
}

/** Throws an {@link ImportError} unless there is one label for each output, or two for a single one. */
export function checkLabelCount(labels: readonly string[], outputs: number): void {
  const wanted = outputs === 1 ? 2 : outputs;
  if (labels.length === wanted) return;
  throw new ImportError(
    `There are ${labels.length} labels, but the model has ${outputs} output${outputs === 1 ? ', which stands for two labels' : 's'}.`,
    `Give ${wanted} labels in the order in which the model was trained; Keras sorts class folders by name.`,
  );
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

function parseLabels(path: string, bytes: Uint8Array): string[] {
  const text = decode(path, bytes);
  if (!/^\s*[[{]/.test(text) || !path.endsWith('.json'))
    return text
      .split(/\r?\n/)
      .map((line) => line.trim())
      .filter(Boolean);
  const json = parse(path, text);
  if (Array.isArray(json) && json.every((label) => typeof label === 'string')) return json;
  const entries = Object.entries(json as Record<string, unknown>);
  const isByLabel = entries.every(([, index]) => Number.isInteger(index));
  const isByIndex = entries.every(([index, label]) => /^\d+$/.test(index) && typeof label === 'string');
  if (!isByLabel && !isByIndex)
    throw badLabels(path, 'it is neither a list of labels nor a table from label to number');
  const numbered = entries.map(([key, value]) =>
    isByLabel ? ([value, key] as const) : ([Number(key), value] as const),
  );
  numbered.sort(([a], [b]) => (a as number) - (b as number));
  if (numbered.some(([index], at) => index !== at)) throw badLabels(path, 'its numbers are not 0, 1, 2 and so on');
  return numbered.map(([, label]) => label as string);
}

/** What writes text on Windows may write UTF-16, which begins with a mark of its byte order. */
function decode(path: string, bytes: Uint8Array): string {
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (cause) {
    throw badLabels(path, 'it is not text in UTF-8', cause);
  }
}

function parse(path: string, text: string): unknown {
  try {
    return parseJson(text);
  } catch (cause) {
    throw badLabels(path, 'it is not JSON', cause);
  }
}

function badLabels(path: string, what: string, cause?: unknown): ImportError {
  return new ImportError(
    `The labels in ${path} cannot be used: ${what}.`,
    'Give a text file with one label a line, or the folder of the training photos.',
    { cause },
  );
}

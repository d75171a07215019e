import { CliError } from '../cli-error.ts';
import type { FormatName } from './formats.ts';
import { nameOfObject } from './s3-words.ts';

/**
 * The files whose results an earlier run has written, as they stand there.
 * @param text whole records, as {@link openResultFile} gives them
 * @throws CliError for a file that this program has not written
 */
export function readEarlierFiles(text: string, format: FormatName, path: string): Set<string> {
  const files = format === 'csv' ? firstFields(text).slice(1) : text.split('\n').filter(Boolean).map(fileOfLine);
  if (files.some((file) => file === undefined)) {
    throw new CliError(`${path} is no output of "lambda-lens classify".`, 'Choose another name for --out.');
  }
  return new Set(files as string[]);
}

/** A file's name may hold commas, quotes and line feeds; no other field does. */
function firstFields(text: string): (string | undefined)[] {
  const records = text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\n]*)),[^\n]*\n|[^\n]*\n/g);
  return Array.from(records, ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain);
}

function fileOfLine(line: string): string | undefined {
  try {
    const { file, bucket, key, objectVersion: version } = JSON.parse(line);
    // A record of a photo in S3 names it in two fields.
    if (typeof bucket === 'string' && typeof key === 'string') return nameOfObject({ bucket, key, version });
    return typeof file === 'string' ? file : undefined;
  } catch {
    return undefined;
  }
}

/** @throws CliError where the file was written with other labels, whose columns do not fit */
export function checkHeading(earlier: string, heading: string, path: string): void {
  if (earlier.startsWith(heading)) return;
  throw new CliError(`${path} was written with another model's labels.`, 'Choose another name for --out.');
}

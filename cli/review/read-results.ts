import { readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { maximumResultsFileSizeInBytes } from '../../files/file-limits.ts';
import { parseJson } from '../../files/parse-json.ts';
import { readPlainFile } from '../../files/plain-file.ts';
import { CliError } from '../cli-error.ts';

const verdicts = ['confident', 'unsure', 'unfamiliar', 'uncalibrated'] as const;

/** A photo that a service has answered, as a line of results has it. */
export interface AnsweredPhoto {
  /** A path, an address on the web, or `s3://bucket/key`, as the results have it. */
  readonly name: string;
  /** What else its file may be called, without an ending: photos that a stack keeps bear their record's id. */
  readonly id?: string;
  readonly verdict: (typeof verdicts)[number];
  /** The most probable first, one at least. */
  readonly predictions: readonly { readonly label: string; readonly probability: number }[];
  /** Of its bytes, where the results know them. */
  readonly sha256?: string;
  readonly sizeInBytes?: number;
}

export interface Results {
  /** Each once: of several lines about a photo the last one counts. */
  readonly photos: readonly AnsweredPhoto[];
  /** Lines about photos that got an error for an answer. */
  readonly failed: number;
}

/**
 * Reads JSON Lines of `lambda-lens classify` or of the batch function. A last line without its end is left out: whoever wrote
 * it was ended, or is still at it. Of a folder every file of such lines (.jsonl), and every record that lies beside a photo that a
 * stack keeps (.json).
 * @throws FileError for what can't be read, CliError for what are no such results, naming the line
 */
export function readResults(path: string): Results {
  const byName = new Map<string, AnsweredPhoto>();
  let failed = 0;
  for (const file of listFiles(path)) {
    const text = readPlainFile(file, maximumResultsFileSizeInBytes).toString('utf8');
    const lines = text.split('\n');
    // What stands behind the last line feed.
    lines.pop();
    for (const [index, line] of lines.entries()) {
      if (line.trim() === '') continue;
      const record = readLine(line);
      if (record === undefined) throw noResults(file, index + 1);
      if (record === 'failed') failed++;
      else byName.set(record.name, record);
    }
  }
  if (byName.size === 0 && failed === 0) throw noResults(path, 1);
  return { photos: [...byName.values()], failed };
}

/** The path itself, unless it is a folder. */
function listFiles(path: string): string[] {
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return [path];
  const files = readdirSync(path, { recursive: true, encoding: 'utf8' }).filter((name) => /\.jsonl?$/i.test(name));
  if (files.length === 0)
    throw new CliError(
      `There are no results in ${path}.`,
      'They end in .jsonl, or in .json beside photos that a stack keeps.',
    );
  return files.sort().map((name) => join(path, name));
}

function readLine(line: string): AnsweredPhoto | 'failed' | undefined {
  const record = parseLine(line);
  const name = nameOf(record);
  if (name === undefined) return undefined;
  if (typeof record.error === 'object' && record.error !== null) return 'failed';
  const predictions: unknown = record.predictions;
  const verdict = verdicts.find((known) => known === record.verdict);
  if (verdict === undefined || !Array.isArray(predictions) || predictions.length === 0) return undefined;
  if (!predictions.every(isPrediction)) return undefined;
  const { id, sha256, sizeInBytes } = record;
  return {
    name,
    verdict,
    predictions: predictions.map(({ label, probability }) => ({ label, probability })),
    ...(typeof id === 'string' && { id }),
    ...(typeof sha256 === 'string' && { sha256 }),
    ...(typeof sizeInBytes === 'number' && { sizeInBytes }),
  };
}

function parseLine(line: string): Readonly<Record<string, unknown>> {
  try {
    const value = parseJson(line);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}

function nameOf({ file, bucket, key }: Readonly<Record<string, unknown>>): string | undefined {
  if (typeof file === 'string') return file;
  return typeof bucket === 'string' && typeof key === 'string' ? `s3://${bucket}/${key}` : undefined;
}

function isPrediction(value: unknown): value is AnsweredPhoto['predictions'][number] {
  const { label, probability } = (value ?? {}) as Partial<Record<string, unknown>>;
  return typeof label === 'string' && typeof probability === 'number' && Number.isFinite(probability);
}

function noResults(path: string, line: number): CliError {
  const name = basename(path);
  return new CliError(
    `${path} holds no results of photos: line ${line} is none.`,
    /\.csv$/i.test(name)
      ? 'CSV leaves out what this needs: lambda-lens classify photos/ --out results.jsonl'
      : 'Make some with: lambda-lens classify photos/ --out results.jsonl',
  );
}

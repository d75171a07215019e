import { join, resolve } from 'node:path';
import { FileError } from '../../files/file-error.ts';
import { maximumRecordFileSizeInBytes } from '../../files/file-limits.ts';
import { parseJson } from '../../files/parse-json.ts';
import { readPlainFile } from '../../files/plain-file.ts';
import { finishSwap } from '../../model/finish-swap.ts';

export const recordName = 'training.json';

/** What a training was made from, and what each photo was taken for: a later one can be compared on the same photos. */
export interface TrainingRecord {
  /** The folder of class folders, absolute; records of earlier versions lack it. */
  readonly directory?: string;
  /** The folder of photos of other things, absolute. */
  readonly others?: string;
  /** The version of the model whose features were learned from. */
  readonly body: string;
  readonly seed: number;
  readonly labels: readonly string[];
  readonly photos: readonly RecordedPhoto[];
}

export interface RecordedPhoto {
  readonly path: string;
  /** Hexadecimal SHA-256 of the file. */
  readonly hash: string;
  readonly label: string;
  /** By a head that had not seen the photo. */
  readonly predicted: string;
  readonly probability: number;
}

/** @returns undefined where the model directory has no record, `damaged` for one that is not as {@link TrainingRecord} says */
export function readTrainingRecord(modelDirectory: string): TrainingRecord | 'damaged' | undefined {
  const directory = resolve(modelDirectory);
  finishSwap(directory);
  try {
    const text = readPlainFile(join(directory, recordName), maximumRecordFileSizeInBytes).toString('utf8');
    const record = parseJson(text);
    return isRecord(record) ? record : 'damaged';
  } catch (error) {
    if (error instanceof FileError && error.reason === 'missing') return undefined;
    if (error instanceof FileError || error instanceof SyntaxError) return 'damaged';
    throw error;
  }
}

function isRecord(value: unknown): value is TrainingRecord {
  const { directory = '', others = '', labels, photos } = (value ?? {}) as Partial<Record<string, unknown>>;
  return (
    typeof directory === 'string' &&
    typeof others === 'string' &&
    Array.isArray(labels) &&
    labels.every((label) => typeof label === 'string') &&
    Array.isArray(photos) &&
    photos.every(isPhoto)
  );
}

function isPhoto(value: unknown): value is RecordedPhoto {
  const { hash, label, predicted } = (value ?? {}) as Partial<Record<string, unknown>>;
  return [hash, label, predicted].every((field) => typeof field === 'string');
}

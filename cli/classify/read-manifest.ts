import type { MapItem } from '../../facts/batch-records.ts';
import { parseJson } from '../../files/parse-json.ts';
import { readCsvRows } from '../../files/read-csv-rows.ts';
import { type PhotoReference, unescapeKey } from '../../function/batch/photo-reference.ts';
import { toReference } from '../../function/batch/read-s3-event.ts';
import type { SendToS3 } from '../../function/s3/s3-client.ts';
import { CliError } from '../cli-error.ts';
import { readListFile } from './read-list-file.ts';

/**
 * The photos of a manifest: CSV as S3 Batch Operations takes it (bucket, escaped key, perhaps a version; no heading), or JSON Lines with
 * Bucket, Key and perhaps ETag, Size and VersionId, as the state machine takes it.
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/batch-ops-create-job.html)
 * @throws CliError naming the line that names no object
 */
export async function readManifest(word: string, send: SendToS3): Promise<readonly PhotoReference[]> {
  const text = Buffer.from(await readListFile(word, send)).toString();
  return /\.(?:jsonl|ndjson)$/i.test(word) ? readLines(text, word) : readRows(text, word);
}

function readRows(text: string, word: string): readonly PhotoReference[] {
  return [...readCsvRows(text)].map(([bucket = '', key = '', version], index) => {
    if (bucket === '' || key === '') throw noObject(word, index);
    return toReference(bucket, unescapeKey(key), { version });
  });
}

function readLines(text: string, word: string): readonly PhotoReference[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.map((line, index) => {
    const { Bucket, Key, ETag, Etag, Size, VersionId } = readItem(line) ?? {};
    if (typeof Bucket !== 'string' || typeof Key !== 'string') throw noObject(word, index);
    return toReference(Bucket, Key, { etag: ETag ?? Etag, size: Size, version: VersionId });
  });
}

function readItem(line: string): Partial<MapItem> | null {
  try {
    return parseJson(line) as Partial<MapItem> | null;
  } catch {
    return null;
  }
}

function noObject(word: string, index: number): CliError {
  const hint = 'Give CSV of bucket and key, or JSON Lines with Bucket and Key in a file that ends in .jsonl.';
  return new CliError(`Line ${index + 1} of ${word} names no object.`, hint);
}

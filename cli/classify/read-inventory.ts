import { constants } from 'node:buffer';
import { gunzipSync } from 'node:zlib';
import { parseJson } from '../../files/parse-json.ts';
import { readCsvRows } from '../../files/read-csv-rows.ts';
import { type PhotoReference, unescapeKey } from '../../function/batch/photo-reference.ts';
import { toReference } from '../../function/batch/read-s3-event.ts';
import { CliError } from '../cli-error.ts';
import { isS3Word, parseS3Word } from './s3-words.ts';

interface InventoryManifest {
  /** An ARN or a name. */
  readonly destinationBucket: string;
  readonly fileFormat: string;
  /** The columns of a CSV, separated by commas. */
  readonly fileSchema: string;
  readonly files: readonly { readonly key: string }[];
}

/** Reads a file of this machine, or `s3://bucket/key`. */
export type ReadFile = (word: string) => Promise<Uint8Array>;

/**
 * The current versions that an S3 Inventory in CSV lists, from its manifest.json.
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-inventory-location.html)
 * @throws CliError where it is of another format, or no inventory
 */
export async function* readInventory(word: string, readFile: ReadFile): AsyncGenerator<PhotoReference> {
  const manifest = readInventoryManifest(await readFile(word), word);
  const columns = manifest.fileSchema.split(',').map((name) => name.trim());
  const bucket = isS3Word(word) ? parseS3Word(word).bucket : manifest.destinationBucket.split(':').at(-1);
  for (const { key } of manifest.files) {
    const file = `s3://${bucket}/${key}`;
    for (const row of readCsvRows(unpack(await readFile(file), file))) {
      const field = (name: string) => row[columns.indexOf(name)];
      if (field('IsLatest') === 'false' || field('IsDeleteMarker') === 'true') continue;
      const version = { version: field('VersionId') };
      const [owner, escaped] = [field('Bucket'), field('Key')];
      if (owner === undefined || escaped === undefined) throw noInventory(word);
      yield toReference(owner, unescapeKey(escaped), { ...version, etag: field('ETag'), size: field('Size') });
    }
  }
}

function unpack(packed: Uint8Array, file: string): string {
  try {
    return gunzipSync(packed, { maxOutputLength: constants.MAX_STRING_LENGTH }).toString();
  } catch (cause) {
    const hint = 'Have S3 write the inventory anew, or give the bucket and a prefix.';
    throw new CliError(`${file} is damaged, or too large to be unpacked here.`, hint, { cause });
  }
}

function readInventoryManifest(bytes: Uint8Array, word: string): InventoryManifest {
  let manifest: Partial<InventoryManifest> | null;
  try {
    manifest = parseJson(Buffer.from(bytes).toString()) as Partial<InventoryManifest> | null;
  } catch {
    throw noInventory(word);
  }
  const { fileFormat, fileSchema, files, destinationBucket } = manifest ?? {};
  if (fileFormat === 'Parquet' || fileFormat === 'ORC') {
    const hint = 'Have S3 write the inventory as CSV, or give the bucket and a prefix.';
    throw new CliError(`This inventory is of format ${fileFormat}, which is not read here.`, hint);
  }
  if (fileFormat !== 'CSV' || typeof fileSchema !== 'string' || !Array.isArray(files) || !destinationBucket) {
    throw noInventory(word);
  }
  return { fileFormat, fileSchema, files, destinationBucket };
}

function noInventory(word: string): CliError {
  return new CliError(`${word} is no manifest of an S3 Inventory.`, 'Give the manifest.json that S3 has written.');
}

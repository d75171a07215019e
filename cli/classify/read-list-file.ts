import { readPlainFile } from '../../files/plain-file.ts';
import { getObject } from '../../function/s3/get-object.ts';
import type { SendToS3 } from '../../function/s3/s3-client.ts';
import { isS3Word, parseS3Word } from './s3-words.ts';

/** A list of a million photos. */
const maximumListSizeInBytes = 500_000_000;

/** A list of photos, from this machine or from S3. */
export async function readListFile(word: string, send: SendToS3): Promise<Uint8Array> {
  if (!isS3Word(word)) return readPlainFile(word, maximumListSizeInBytes);
  const { signal } = new AbortController();
  const limits = { maximumSizeInBytes: maximumListSizeInBytes, signal };
  return (await getObject(send, parseS3Word(word), limits)).bytes;
}

import type { PhotoReference } from '../../function/batch/photo-reference.ts';
import { CliError } from '../cli-error.ts';

/** Whether a word of the line is a place in S3 and no file. */
export function isS3Word(word: string): boolean {
  return /^s3:\/\//i.test(word);
}

/** `s3://bucket/prefix`, the prefix perhaps empty. */
export function parseS3Word(word: string): { readonly bucket: string; readonly key: string } {
  const [, bucket, key = ''] = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*))?$/is.exec(word) ?? [];
  if (bucket === undefined) throw new CliError(`${word} is no place in S3.`, 'Give it as s3://bucket/prefix.');
  return { bucket, key };
}

/** As a result names it: the same photo has the same name each time. */
export function nameOfObject({ bucket, key, version }: Pick<PhotoReference, 'bucket' | 'key' | 'version'>): string {
  return `s3://${bucket}/${key}${version === undefined ? '' : `?versionId=${version}`}`;
}

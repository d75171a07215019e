import { SettingError } from '../settings/setting-error.ts';
import { urlRefusal } from './url-refusal.ts';

/** An object's bucket and its key, character for character: S3 keys know neither escapes nor relative segments. */
export interface S3Location {
  readonly bucket: string;
  readonly key: string;
}

const variable = 'PHOTO_BUCKETS';
const maximumKeyLengthInBytes = 1_024;

/**
 * Reads `s3://bucket/key`. As the AWS command line does, it takes the key as it stands: `%20` is three characters.
 *
 * @throws ServiceError `url_not_allowed` when it is not of that form
 */
export function parseS3Location(text: string): S3Location {
  const [, bucket, key] = /^s3:\/\/([^/]+)\/(.+)$/s.exec(text) ?? [];
  if (bucket === undefined || key === undefined || !isBucketName(bucket) || !isKey(key)) {
    throw urlRefusal('it is not s3:// with a bucket and a key', 0, 'Send {"s3": "s3://bucket/key"}.');
  }
  return { bucket, key };
}

/** A general-purpose bucket's name; names of access points and the like hold other characters. */
function isBucketName(text: string): boolean {
  return /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(text) && !text.includes('..');
}

/** S3 takes keys with a segment `.` or `..`, but every HTTP client would ask for another object than the one checked. */
function isKey(text: string): boolean {
  const hasRelativeSegment = text.split('/').some((segment) => segment === '.' || segment === '..');
  return text.isWellFormed() && Buffer.byteLength(text) <= maximumKeyLengthInBytes && !hasRelativeSegment;
}

/**
 * Reads entries `bucket` or `bucket/prefix`, giving each as the location whose key is the prefix, empty for a whole
 * bucket. A prefix is S3's and IAM's: any beginning of a key, so `bucket/pre` allows `pre/a` and `prefix` as well, and
 * only a final slash makes it a folder.
 *
 * @throws SettingError naming the entry that is not one, or that IAM would read as a pattern
 */
export function parseAllowedBuckets(entries: readonly string[]): readonly S3Location[] {
  return entries.map((entry) => {
    const [, bucket, key = ''] = /^([^/]+)(?:\/([^*?$]*))?$/.exec(entry) ?? [];
    if (bucket === undefined || !isBucketName(bucket) || !isKey(key)) {
      throw new SettingError(variable, entry, 'bucket or bucket/prefix, without *, ? or $');
    }
    return { bucket, key };
  });
}

/** @throws ServiceError `url_not_allowed` unless some entry allows the object */
export function checkS3Location({ bucket, key }: S3Location, allowed: readonly S3Location[]): void {
  if (allowed.some((entry) => entry.bucket === bucket && key.startsWith(entry.key))) return;
  const rule =
    allowed.length === 0 ? 'this service reads no S3 bucket' : 'its bucket and key are not among those allowed';
  throw urlRefusal(rule, 0, `Send the photo itself; whoever runs this service allows buckets with ${variable}.`);
}

import type { ResultPlace } from '../../facts/batch-records.ts';
import { getObject } from '../../function/s3/get-object.ts';
import { type ListedObject, listObjects } from '../../function/s3/list-objects.ts';
import { putObject } from '../../function/s3/put-object.ts';
import { createS3Client } from '../../function/s3/s3-client.ts';
import { S3Error } from '../../function/s3/s3-error.ts';
import type { AwsAccount } from '../doctor/aws-account.ts';

/** Where runs and results lie, and the photos that they are about. Rejects with an S3Error. */
export interface BulkStore {
  readonly place: ResultPlace;
  /** Of the results' bucket; undefined where it is not there. */
  read(key: string): Promise<string | undefined>;
  put(key: string, body: string, contentType: string): Promise<void>;
  /** Of any bucket, by key. */
  list(bucket: string, prefix: string): AsyncIterable<ListedObject>;
  getPhoto(bucket: string, key: string): Promise<Uint8Array>;
  /** A part of a list of photos, of any bucket. */
  getList(bucket: string, key: string): Promise<Uint8Array>;
}

const timeoutInMilliseconds = 60_000;
export const requestsAtOnce = 16;
/** A list of a million photos. */
const maximumTextSizeInBytes = 500_000_000;
const maximumPhotoSizeInBytes = 50_000_000;

export async function openBulkStore(
  aws: Pick<AwsAccount, 'region' | 'getCredentials'>,
  place: ResultPlace,
): Promise<BulkStore> {
  const { accessKeyId, secretAccessKey, sessionToken } = await aws.getCredentials();
  const send = createS3Client({
    environment: {
      AWS_REGION: aws.region,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_SESSION_TOKEN: sessionToken,
      AWS_ENDPOINT_URL_S3: process.env.AWS_ENDPOINT_URL_S3,
      AWS_ENDPOINT_URL: process.env.AWS_ENDPOINT_URL,
    },
    timeoutInMilliseconds,
    connections: requestsAtOnce,
  });
  // The client bounds each attempt by itself.
  const { signal } = new AbortController();
  const get = async (bucket: string, key: string, maximumSizeInBytes: number) =>
    (await getObject(send, { bucket, key }, { maximumSizeInBytes, signal })).bytes;
  return {
    place,
    async read(key) {
      try {
        return Buffer.from(await get(place.bucket, key, maximumTextSizeInBytes)).toString();
      } catch (error) {
        if (error instanceof S3Error && error.kind === 'gone') return undefined;
        throw error;
      }
    },
    put: (key, body, contentType) =>
      putObject(send, { bucket: place.bucket, key }, Buffer.from(body), { contentType, signal }),
    list: (bucket, prefix) => listObjects(send, { bucket, prefix, signal }),
    getPhoto: (bucket, key) => get(bucket, key, maximumPhotoSizeInBytes),
    getList: (bucket, key) => get(bucket, key, maximumTextSizeInBytes),
  };
}

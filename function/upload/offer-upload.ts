import { randomUUID } from 'node:crypto';
import type { UploadOffer } from '../../facts/answers.ts';
import { type ResultPlace, uploadFolder } from '../../facts/batch-records.ts';
import { ServiceError } from '../invocation/service-error.ts';
import { createAccessReader, readS3Endpoint } from '../s3/aws-access.ts';
import { objectUrl } from '../s3/object-url.ts';
import type { Environment } from '../settings/read-setting.ts';

export interface UploadSettings {
  /** Where photos are put, each under a name that nobody guesses. */
  readonly place: ResultPlace;
  readonly maximumPhotoSizeInBytes: number;
  /** Whose region and credentials. */
  readonly environment: Environment;
}

const validForSeconds = 300;

/**
 * A way past the size of an event: an address that takes one photo of exactly the length that was named, for five minutes, by
 * a plain PUT. The length is among what is signed, so S3 refuses any other.
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/PresignedUrlUploadObject.html)
 * @param body JSON: `{"sizeInBytes": 8123456}`
 * @throws ServiceError `bad_request` or `photo_too_large`; rejects with an AwsAccessError where there is nothing to sign with
 */
export async function offerUpload(body: Uint8Array, settings: UploadSettings): Promise<UploadOffer> {
  const { place, maximumPhotoSizeInBytes, environment } = settings;
  const sizeInBytes = readSize(body);
  if (sizeInBytes > maximumPhotoSizeInBytes) {
    throw new ServiceError(
      'photo_too_large',
      `The photo has ${sizeInBytes} bytes; at most ${maximumPhotoSizeInBytes} are taken.`,
      'Send a smaller one.',
    );
  }
  const { region, ...credentials } = await createAccessReader(environment)();
  const location = { bucket: place.bucket, key: `${uploadFolder(place)}${randomUUID()}` };
  const url = objectUrl(location, region, readS3Endpoint(environment));
  url.searchParams.set('X-Amz-Expires', String(validForSeconds));
  const headers = { 'content-length': String(sizeInBytes) };
  const { AwsV4Signer } = await import('aws4fetch');
  const signer = new AwsV4Signer({
    ...{ ...credentials, region, headers, url: url.href },
    method: 'PUT',
    service: 's3',
    signQuery: true,
    // The length is one that it would leave out.
    allHeaders: true,
  });
  const signed = await signer.sign();
  return {
    put: { url: String(signed.url), headers },
    s3: `s3://${location.bucket}/${location.key}`,
    validForSeconds,
  };
}

function readSize(body: Uint8Array): number {
  try {
    const { sizeInBytes } = JSON.parse(Buffer.from(body).toString());
    if (Number.isSafeInteger(sizeInBytes) && sizeInBytes > 0) return sizeInBytes;
  } catch {
    // Said below.
  }
  throw new ServiceError(
    'bad_request',
    'The body does not say how large the photo is.',
    'Send {"sizeInBytes": 8123456}, the length of the file.',
  );
}

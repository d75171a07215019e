import { uploadFolder } from '../../facts/batch-records.ts';
import { readS3Endpoint } from '../s3/aws-access.ts';
import { objectUrl } from '../s3/object-url.ts';
import type { UploadSettings } from './offer-upload.ts';

/** Below which all photos are put, as browsers reach it; undefined where no region is known, so that nothing can be signed. */
export function uploadFolderUrl({
  place,
  environment,
}: Pick<UploadSettings, 'place' | 'environment'>): URL | undefined {
  const region = environment.AWS_REGION || environment.AWS_DEFAULT_REGION;
  if (!region) return undefined;
  return objectUrl({ bucket: place.bucket, key: uploadFolder(place) }, region, readS3Endpoint(environment));
}

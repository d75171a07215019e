import type { S3Location } from '../fetch/s3-location.ts';
import type { SendToS3 } from './s3-client.ts';

/** Writes an object as a whole, in the place of one that was there. Rejects as the client does. */
export async function putObject(
  send: SendToS3,
  location: S3Location,
  body: Uint8Array,
  { contentType, signal }: { readonly contentType: string; readonly signal: AbortSignal },
): Promise<void> {
  const headers = { 'content-type': contentType };
  await send({ method: 'PUT', location, headers, body, maximumSizeInBytes: 65_536 }, signal);
}

import type { S3Location } from '../fetch/s3-location.ts';
import type { SendToS3 } from './s3-client.ts';

/** An object, as whoever asks for it knows it. */
export interface ObjectReference extends S3Location {
  readonly version?: string;
  /** Without quotation marks. */
  readonly etag?: string;
}

export interface StoredObject {
  readonly bytes: Uint8Array;
  /** Without quotation marks. */
  readonly etag: string | undefined;
}

/**
 * The bytes of an object: of that version, or as long as it has that ETag. Rejects as the client does, with an S3Error `gone`
 * where the object is another by now.
 */
export async function getObject(
  send: SendToS3,
  { bucket, key, version, etag }: ObjectReference,
  { maximumSizeInBytes, signal }: { readonly maximumSizeInBytes: number; readonly signal: AbortSignal },
): Promise<StoredObject> {
  const { headers, body } = await send(
    {
      method: 'GET',
      location: { bucket, key },
      ...(version !== undefined && { query: { versionId: version } }),
      ...(version === undefined && etag !== undefined && { headers: { 'if-match': `"${etag}"` } }),
      maximumSizeInBytes,
    },
    signal,
  );
  return { bytes: body, etag: headers.etag?.replaceAll('"', '') };
}

import type { S3Location } from '../fetch/s3-location.ts';

/**
 * The HTTP address of an object, every character of its key escaped that SigV4 wants escaped. The bucket is part of
 * the host name on AWS; in the path where it must be: a stand-in has one host, and no TLS certificate covers a bucket
 * whose name has dots.
 *
 * @param endpoint another S3 than AWS's, such as a local stand-in
 */
export function objectUrl({ bucket, key }: S3Location, region: string, endpoint: URL | undefined): URL {
  const path = key.split('/').map(escapeSegment).join('/');
  if (endpoint !== undefined) return new URL(`${endpoint.href.replace(/\/$/, '')}/${bucket}/${path}`);
  const host = `s3.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`;
  return new URL(bucket.includes('.') ? `https://${host}/${bucket}/${path}` : `https://${bucket}.${host}/${path}`);
}

/** RFC 3986's unreserved characters stay, as SigV4 has it; encodeURIComponent leaves five others as well. */
export function escapeSegment(segment: string): string {
  const percentEncode = (character: string) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
  return encodeURIComponent(segment).replace(/[!'()*]/g, percentEncode);
}

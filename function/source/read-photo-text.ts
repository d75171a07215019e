import { ServiceError } from '../invocation/service-error.ts';
import { decodeBase64 } from './decode-base64.ts';
import { decodeDataUrl, isDataUrl } from './decode-data-url.ts';
import type { PhotoSource } from './photo-source.ts';

/** What a key says that its text is. */
export type SourceKey = 'url' | 'image' | 's3';

/** A host with at least two labels and a path, as people copy it out of an address bar that hides the scheme. */
const hostAndPath = /^(?:[\p{L}\p{N}-]+\.)+\p{L}{2,}(?::\d{1,5})?\/\S+$/u;

/**
 * The photo that a text means. A text that says itself what it is (`https://`, `s3://`, `data:`) is believed before its
 * key; base64 can't begin like any of them.
 *
 * @throws ServiceError `bad_request` for base64 and data: URLs that are broken
 */
export function readPhotoText(text: string, key: SourceKey): PhotoSource {
  const trimmed = text.trim();
  if (isDataUrl(trimmed)) return { kind: 'bytes', bytes: decodeDataUrl(trimmed) };
  if (/^s3:\/\//i.test(trimmed)) return { kind: 's3', uri: `s3${trimmed.slice(2)}` };
  if (/^https?:\/\//i.test(trimmed)) return { kind: 'url', url: trimmed };
  if (key === 's3') return { kind: 's3', uri: text };
  if (hostAndPath.test(trimmed)) return { kind: 'url', url: `https://${trimmed}` };
  if (key === 'url') return { kind: 'url', url: text };
  if (isFileName(trimmed)) throw fileName();
  return { kind: 'bytes', bytes: decodeBase64(text) };
}

function isFileName(text: string): boolean {
  return text.length < 1_000 && /\.(?:jpe?g|png|webp|gif|heic|bmp|tiff?)$/i.test(text);
}

function fileName(): ServiceError {
  return new ServiceError(
    'bad_request',
    'The value of "image" is the name of a file.',
    'Send what is in the file, as base64, or the file itself as the body.',
  );
}

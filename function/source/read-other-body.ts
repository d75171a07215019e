import { ServiceError } from '../invocation/service-error.ts';
import type { PhotoRequest } from './photo-source.ts';
import { readBareText } from './read-bare-text.ts';
import { readJson } from './read-json.ts';
import { beginsAsUrlEncoded, readUrlEncoded } from './read-url-encoded.ts';

/** A brace, after the byte-order mark that some editors and .NET put first, in UTF-8 or UTF-16. */
const jsonBeginning = /^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\s\0]*\{/;

/** The first line of a form is its border, the second says what the first part is. */
const formBeginning = /^--[^\r\n]{1,100}\r?\ncontent-disposition: *form-data/i;

/** What curl -d, fetch and their like name a text that was sent without a header. */
const urlEncodedTypes: ReadonlySet<string> = new Set(['', 'application/x-www-form-urlencoded', 'text/plain']);

/**
 * What a body asks about that is no bare photo: a form, JSON, urlencoded fields, or a text that is a URL or base64 itself.
 * Bytes go before the header here too: clients set it carelessly, and no photo begins as any of these does.
 *
 * @throws ServiceError `bad_request`
 */
export async function readOtherBody(
  body: Uint8Array,
  contentType: string,
  maximumItems: number,
): Promise<PhotoRequest> {
  const mediaType = (contentType.split(';')[0] ?? '').trim().toLowerCase();
  if (mediaType === 'multipart/form-data') {
    const { readForm } = await import('./read-form.ts');
    return readForm(body, contentType, maximumItems);
  }
  const beginning = Buffer.from(body.subarray(0, 256)).toString('latin1');
  if (formBeginning.test(beginning)) throw misnamedForm(mediaType);
  const bare = readBareText(body);
  if (bare !== undefined) return { kind: 'one', source: bare };
  if (mediaType === 'application/json' || mediaType.endsWith('+json') || jsonBeginning.test(beginning)) {
    return readJson(body, maximumItems);
  }
  if (urlEncodedTypes.has(mediaType) && beginsAsUrlEncoded(beginning)) return readUrlEncoded(body);
  return { kind: 'one', source: { kind: 'bytes', bytes: body } };
}

function misnamedForm(mediaType: string): ServiceError {
  const named = mediaType === '' ? 'no content type' : `the content type ${JSON.stringify(mediaType.slice(0, 60))}`;
  return new ServiceError(
    'bad_request',
    `The body is a form, but comes with ${named}.`,
    'Leave the header content-type to the client: it writes multipart/form-data and the boundary by itself.',
  );
}

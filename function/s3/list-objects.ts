import type { SendToS3 } from './s3-client.ts';

export interface ListedObject {
  readonly key: string;
  /** Without quotation marks. */
  readonly etag: string;
  readonly sizeInBytes: number;
}

/** A page has at most a thousand objects, each with a key of at most 1,024 bytes, three times as long when escaped. */
const maximumPageSizeInBytes = 8_000_000;

/**
 * Every object whose key begins with `prefix`, by its key, page after page (ListObjectsV2).
 * Rejects as the client does.
 */
export async function* listObjects(
  send: SendToS3,
  { bucket, prefix, signal }: { readonly bucket: string; readonly prefix: string; readonly signal: AbortSignal },
): AsyncGenerator<ListedObject> {
  let token: string | undefined;
  do {
    const { body } = await send(
      {
        method: 'GET',
        location: { bucket, key: '' },
        query: {
          'list-type': '2',
          // XML has no place for some of the characters that a key may hold.
          'encoding-type': 'url',
          prefix,
          ...(token !== undefined && { 'continuation-token': token }),
        },
        maximumSizeInBytes: maximumPageSizeInBytes,
      },
      signal,
    );
    const page = Buffer.from(body).toString();
    for (const [, entry = ''] of page.matchAll(/<Contents>(.*?)<\/Contents>/gs)) yield readEntry(entry);
    const isWhole = contentOf(page, 'IsTruncated') !== 'true';
    token = isWhole ? undefined : contentOf(page, 'NextContinuationToken');
  } while (token !== undefined);
}

function readEntry(entry: string): ListedObject {
  return {
    key: decodeURIComponent((contentOf(entry, 'Key') ?? '').replaceAll('+', ' ')),
    etag: (contentOf(entry, 'ETag') ?? '').replaceAll('"', ''),
    sizeInBytes: Number(contentOf(entry, 'Size') ?? 0),
  };
}

function contentOf(xml: string, element: string): string | undefined {
  const [, content] = new RegExp(`<${element}>([^<]*)</${element}>`).exec(xml) ?? [];
  return content === undefined ? undefined : unescapeXml(content);
}

const characters: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function unescapeXml(text: string): string {
  return text.replace(/&(?:#x([\da-f]+)|#(\d+)|(\w+));/gi, (whole, hexadecimal, decimal, name) => {
    if (name !== undefined) return characters[name] ?? whole;
    return String.fromCodePoint(hexadecimal === undefined ? Number(decimal) : Number.parseInt(hexadecimal, 16));
  });
}

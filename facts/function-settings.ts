import type { SettingTable } from './setting.ts';
import { isPlaceInS3, listOf, oneOf, onOrOff, placeInS3, text, wholeNumber } from './setting-kinds.ts';

const local = { isOfLocalServer: true } as const;

/**
 * What the function reads from its environment when it starts, under the name in capitals; its local server does too. One
 * that the stack's configuration has as well is named in stack-settings.ts.
 */
export const functionSettings = {
  maximumBodySizeInBytes: {
    // As base64, beside the headers, it has to fit into an event: see lambda.ts.
    ...wholeNumber(1_000, 100_000_000, 'bytes'),
    default: 4_500_000,
    sentence: 'the body of a request, after base64 where a gateway has put it',
  },
  maximumPhotoSizeInBytes: {
    ...wholeNumber(1_000, 500_000_000, 'bytes'),
    default: 20_000_000,
    sentence: 'a photo fetched from a URL or from S3',
  },
  maximumPixels: {
    ...wholeNumber(1, 500_000_000, 'pixels'),
    default: 50_000_000,
    sentence: 'width × height as the header of a photo says, before anything is decoded',
  },
  maximumFullSizePixels: {
    ...wholeNumber(1, 500_000_000, 'pixels'),
    default: 50_000_000,
    sentence:
      'the same for a photo that must be decoded at full size (WebP, or a card without antialiased resize); ' +
      'less by default where the memory is small',
  },
  maximumDecodingMegabytes: {
    ...wholeNumber(16, 10_000, 'MB'),
    default: 340,
    sentence:
      'memory that decoding a photo may take, estimated from its header: enough for a WebP of 25 megapixels, a ' +
      'progressive JPEG of four components of 29 and most else of 50; less by default where the memory is small',
  },
  maximumItems: { ...wholeNumber(1, 1_000, 'photos'), default: 16, sentence: 'photos in one request' },
  maximumRedirects: { ...wholeNumber(0, 20, 'redirects'), default: 3, sentence: 'redirects on the way to a photo' },
  fetchTimeoutInMilliseconds: {
    ...wholeNumber(1, 900_000, 'ms'),
    default: 8_000,
    sentence: 'fetching one photo, from the first look-up to the last byte',
  },
  deadlineMarginInMilliseconds: {
    ...wholeNumber(0, 900_000, 'ms'),
    default: 2_000,
    sentence: "how long before Lambda's deadline all work ends",
  },
  maximumQueuedRequests: {
    ...wholeNumber(1, 100_000, 'requests'),
    default: 64,
    sentence: 'requests that the local server holds at a time; one more is busy',
    ...local,
  },
  maximumQueuedRequestsPerAddress: {
    ...wholeNumber(1, 100_000, 'requests'),
    default: 32,
    sentence: 'of those, the share of one address (of IPv6, its first 64 bits); behind a proxy all have its address',
    ...local,
  },
  maximumConnections: {
    ...wholeNumber(1, 100_000, 'connections'),
    default: 256,
    sentence: 'connections of the local server; one more ends that which has waited longest for its caller',
    ...local,
  },
  maximumConnectionsPerAddress: {
    ...wholeNumber(1, 100_000, 'connections'),
    default: 64,
    sentence: 'of those, the share of one address',
    ...local,
  },
  maximumUploadsInBytes: {
    ...wholeNumber(1_000_000, 100_000_000_000, 'bytes'),
    default: 512_000_000,
    sentence: 'bodies that the local server holds at a time, whole or not; more are busy',
    ...local,
  },
  maximumUploadsPerAddressInBytes: {
    ...wholeNumber(1_000_000, 100_000_000_000, 'bytes'),
    default: 128_000_000,
    sentence: 'of those, the share of one address',
    ...local,
  },
  uploadTimeoutInMilliseconds: {
    ...wholeNumber(100, 900_000, 'ms'),
    default: 30_000,
    sentence: 'sending a request to the local server, and taking its answer',
    ...local,
  },
  answerTimeoutInMilliseconds: {
    ...wholeNumber(100, 900_000, 'ms'),
    default: 28_000,
    sentence: "answering a request in the local server, which stands for Lambda's timeout",
    ...local,
  },
  modelDirectory: {
    ...text('the path of a model directory'),
    default: undefined,
    defaultInWords: 'the shipped model',
    sentence: 'the model to serve',
  },
  engine: {
    ...oneOf('own', 'tensorflow'),
    default: 'own',
    sentence:
      "what runs the model: the project's own kernels where they cover it, or TensorFlow.js's WASM backend alone",
  },
  decoder: {
    ...oneOf('own', 'reference'),
    default: 'own',
    sentence:
      "what decodes photos: the project's own decoders, or jpeg-js and pngjs, which take more memory and so smaller photos",
  },
  corsOrigins: {
    ...listOf('* alone, or origins such as https://shop.example', areOrigins),
    default: ['*'],
    sentence: 'whose pages may read answers',
  },
  apiSecret: {
    ...text('8 or more printable characters without spaces', (secret) => /^[!-~]{8,}$/.test(secret)),
    default: undefined,
    sentence: 'what callers of predictions must send, as `authorization: Bearer …` or `x-api-key`',
    isSecret: true,
  },
  directAnswer: {
    ...oneOf('labels', 'course-2026'),
    default: 'labels',
    sentence: 'how a bare event `{"image_url"}` is answered: by scores, or as the course of 2026 does (two labels)',
  },
  photoUrl: { ...onOrOff(), default: true, sentence: 'whether callers may send the URL of a photo' },
  photoUrlAllowedHosts: {
    ...listOf('hosts, host:port or *.host (private ones with their port, IPv6 in brackets)', (hosts) =>
      hosts.every(isHost),
    ),
    default: [],
    defaultInWords: 'every public host',
    sentence: 'the only hosts that such a URL may name; `*.example.com` stands for all subdomains, not for example.com',
    isNeverEmpty: true,
  },
  photoUrlUserAgent: {
    // What Node.js lets into a header.
    ...text('text that a header can hold', (value) => /^[\t\x20-\x7e\x80-\xff]+$/.test(value)),
    default: 'lambda-lens',
    sentence: 'how the service introduces itself to the servers of such URLs',
  },
  photoBuckets: {
    ...listOf('S3 buckets or bucket/prefix (without *, ? or $)', (places) => places.every(isPlaceInS3)),
    default: [],
    defaultInWords: 'none',
    sentence: 'where callers may have photos read from; a prefix that ends in a slash is a folder',
  },
  uploadBucket: {
    ...placeInS3(),
    default: undefined,
    defaultInWords: 'none',
    sentence: 'where `POST /upload` has photos put that are too large for a request; whatever is there should expire',
  },
  monitoring: {
    ...onOrOff(),
    default: false,
    sentence: "whether each request's line holds metrics for CloudWatch; on Lambda only, and whatever the log level",
  },
  logLevel: {
    ...oneOf('info', 'warn', 'error'),
    default: 'info',
    sentence:
      'what is logged: `info` is a line for every request, `warn` for those that failed, `error` for our own faults',
  },
} as const satisfies SettingTable;

/** As browsers send them: one with a slash at its end, a path or a capital would match no header, ever. */
function areOrigins(entries: readonly string[]): boolean {
  if (entries.includes('*')) return entries.length === 1;
  const isOrigin = (entry: string) => /^https?:/.test(entry) && URL.parse(entry)?.origin === entry;
  return entries.length > 0 && entries.every(isOrigin);
}

function isHost(entry: string): boolean {
  const [, wildcard, host = '', port] = /^(\*\.)?(\[[\da-f:.]+\]|[^\s:/?#@\\*[\]]+)(?::(\d{1,5}))?$/i.exec(entry) ?? [];
  const hostname = URL.parse(`http://${host}/`)?.hostname;
  if (hostname === undefined || Number(port) === 0 || Number(port) > 65_535) return false;
  // Which addresses are private the room of fetching knows, and says when the service starts.
  return wildcard === undefined ? port !== undefined || hostname !== 'localhost' : /\.[a-z-][\w-]*$/i.test(hostname);
}

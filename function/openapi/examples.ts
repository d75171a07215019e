import type { Answer, ErrorBody } from '../../facts/answers.ts';
import type { ErrorCode } from '../../facts/error-codes.ts';

/** A photo's answer, as the shipped model gave it for examples/t-shirt.jpg. */
export const exampleAnswer: Answer = {
  label: 't-shirt',
  probability: 0.9984701,
  verdict: 'confident',
  predictions: [
    { label: 't-shirt', probability: 0.9984701, score: 3.527579 },
    { label: 'longsleeve', probability: 0.0002935999, score: -1.159568 },
    { label: 'shirt', probability: 0.0001880908, score: -1.416235 },
  ],
  photo: { format: 'jpeg', width: 240, height: 320, orientation: 1, decoder: 'own' },
  model: { name: 'clothing', version: '913c0946987a' },
  timing: { sourceMs: 0.5, decodeMs: 1.3, fitMs: 0.9, modelMs: 31.8, totalMs: 34.7, coldStart: false },
};

const { label, predictions } = exampleAnswer;

/** The same with `explain=1`, its grid cut to two rows. */
export const exampleExplanation: Answer = {
  ...exampleAnswer,
  explanation: {
    label,
    grid: [
      [0.02, 0.41, 0.38],
      [0.11, 1, 0.87],
    ],
    area: { left: 0, top: 0, width: 1, height: 1 },
    runnerUp: { label: predictions[1]?.label ?? '', margin: 4.687147 },
  },
};

/** One error of each code, in the service's own words. */
export const exampleErrors: Readonly<Record<ErrorCode, ErrorBody['error']>> = {
  bad_request: toError(
    'bad_request',
    'The option top is "many".',
    'It can be a whole number from 1, and is given once at most.',
  ),
  unauthorized: toError(
    'unauthorized',
    'The secret of this service is missing.',
    'Send it as "authorization: Bearer …" or "x-api-key".',
  ),
  url_not_allowed: toError(
    'url_not_allowed',
    'The address 10.0.0.7 is refused: it is not public.',
    'Use a URL of a public server.',
  ),
  not_found: toError('not_found', 'There is no example of this name.', 'The examples are: hat.jpg, t-shirt.jpg.'),
  method_not_allowed: toError('method_not_allowed', 'The method GET is not for this path.', 'Use POST, OPTIONS.'),
  photo_too_large: toError('photo_too_large', 'The photo has 108 megapixels, and 50 are taken.', 'Make it smaller.'),
  unsupported_format: toError(
    'unsupported_format',
    'This is a PDF, which is not decoded.',
    'Send the photo as JPEG, PNG or WebP.',
  ),
  corrupt_photo: toError('corrupt_photo', 'The JPEG ends in the middle of its picture.', 'Send the whole file.'),
  fetch_failed: toError('fetch_failed', 'The server of the photo answered with status 404.', 'Check the URL.'),
  internal_error: toError(
    'internal_error',
    'Something went wrong in the service.',
    'Try again; its log has the details.',
  ),
  busy: toError('busy', 'There are too many requests at once.', 'Try again in a second.'),
  too_slow: toError('too_slow', 'The work would pass the deadline.', 'Send a smaller photo, or fewer at a time.'),
};

export const exampleItems = {
  items: [exampleAnswer, { error: exampleErrors.fetch_failed }],
};

const photoUrl = 'https://example.org/t-shirt.jpg';

/** What the body of `POST /predict` can be as JSON, by name. */
export const exampleRequests = {
  url: { summary: 'a photo by its URL', value: { url: photoUrl } },
  image: { summary: 'a photo as base64', value: { image: '/9j/4AAQSkZJRgABAQ…', top: 1 } },
  s3: { summary: 'a photo in S3', value: { s3: 's3://my-photos/t-shirt.jpg' } },
  items: { summary: 'several photos', value: { items: [{ url: photoUrl }, { s3: 's3://my-photos/hat.jpg' }] } },
} as const;

export const exampleText = photoUrl;
export const exampleFields = { url: photoUrl, top: '5' };

/** What `GET /health` answers with the shipped model. */
export const exampleHealth = {
  status: 'ok',
  model: {
    name: 'clothing',
    version: '913c0946987a',
    labels: ['dress', 'hat', 'longsleeve', 'outwear', 'pants', 'shirt', 'shoes', 'shorts', 'skirt', 't-shirt'],
    output: 'logits',
  },
  version: '0.1.0',
  architecture: 'arm64',
  limits: { bodySizeInBytes: 4_500_000, photoSizeInBytes: 20_000_000, pixels: 50_000_000, items: 16 },
} as const;

function toError(code: ErrorCode, message: string, hint: string): ErrorBody['error'] {
  return { code, message, hint };
}

import { type ErrorCode, statusByCode } from '../../facts/error-codes.ts';
import type { Schema } from '../../facts/schema.ts';
import { exampleErrors } from './examples.ts';

const meaningByCode: Readonly<Record<ErrorCode, string>> = {
  bad_request: 'no photo, more than one source, unreadable JSON, base64 or form, an unknown option',
  unauthorized: 'the secret is missing or wrong',
  url_not_allowed: 'the scheme, host, port or address of the URL is refused, or the S3 bucket',
  not_found: 'there is nothing at this path',
  method_not_allowed: 'the path has other methods',
  photo_too_large: 'bytes or pixels over a limit',
  unsupported_format: 'not JPEG, PNG or WebP, or a variant that is not decoded',
  corrupt_photo: 'damaged or cut short',
  fetch_failed: 'the other server answered badly or not in time',
  internal_error: 'a fault of the service',
  busy: 'too many requests at once',
  too_slow: 'the work would pass the deadline',
};

/** The answer with status 200, as JSON, with `example` or `examples`. */
export function success(description: string, schema: Schema, examples: Schema = {}): Schema {
  return { 200: { description, content: { 'application/json': { schema, ...examples } } } };
}

/** The answers that hold an error, by their status. */
export function failures(codes: readonly ErrorCode[]): Schema {
  return Object.fromEntries(
    codes.map((code) => [
      statusByCode[code],
      {
        description: `${code}: ${meaningByCode[code]}`,
        content: {
          'application/json': {
            schema: { $ref: '#/components/schemas/Error' },
            example: { error: exampleErrors[code] },
          },
        },
      },
    ]),
  );
}

import { type ErrorCode, statusByCode } from '../errors.ts';
import type { Limits } from '../limits.ts';
import { healthOptions, type OptionDefinition, predictOptions } from '../routes/read-options.ts';
import { createSchemas, type Schema } from './schemas.ts';

/** What the description depends on. */
export interface ApiFacts {
  readonly limits: Limits;
  readonly version: string;
  readonly hasPage: boolean;
  readonly hasSecret: boolean;
}

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

/** The whole HTTP interface as an OpenAPI 3.1 document. */
export function describeApi({ limits, version, hasPage, hasSecret }: ApiFacts): Schema {
  const secured = hasSecret ? { security: [{ bearer: [] }, { apiKey: [] }] } : {};
  const unauthorized: readonly ErrorCode[] = hasSecret ? ['unauthorized'] : [];
  return {
    openapi: '3.1.0',
    info: {
      title: 'lambda-lens',
      version,
      description: 'Says which label a photo has.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    // Relative to this document, since a REST API puts its stage before every path.
    servers: [{ url: '.' }],
    paths: {
      '/predict': {
        post: {
          operationId: 'predict',
          summary: 'The most probable labels of a photo, or of several',
          parameters: toParameters(predictOptions),
          requestBody: describeBody(limits),
          responses: {
            ...success('a prediction; for items and for several files of a form one result or error each, in order', {
              oneOf: [{ $ref: '#/components/schemas/Prediction' }, { $ref: '#/components/schemas/Predictions' }],
            }),
            ...failures([
              'bad_request',
              ...unauthorized,
              'url_not_allowed',
              'photo_too_large',
              'unsupported_format',
              'corrupt_photo',
              'fetch_failed',
              'internal_error',
              'busy',
              'too_slow',
            ]),
          },
          ...secured,
        },
      },
      '/health': {
        get: {
          operationId: 'health',
          summary: 'Whether the service works, with which model and limits',
          parameters: toParameters(healthOptions),
          responses: {
            ...success('it works', { $ref: '#/components/schemas/Health' }),
            ...failures(['bad_request', ...unauthorized, 'internal_error', 'too_slow']),
          },
        },
      },
      '/openapi.json': {
        get: {
          operationId: 'describe',
          summary: 'This document',
          responses: { ...success('OpenAPI 3.1', { type: 'object' }), ...failures(['bad_request', 'internal_error']) },
        },
      },
      '/docs': {
        get: {
          operationId: 'docs',
          summary: 'This document as a page',
          responses: {
            200: { description: 'the page', content: { 'text/html': { schema: { type: 'string' } } } },
            ...failures(['bad_request', 'internal_error']),
          },
        },
      },
      ...(hasPage ? { '/': describePage() } : {}),
    },
    components: {
      schemas: createSchemas(limits),
      ...(hasSecret
        ? {
            securitySchemes: {
              bearer: { type: 'http', scheme: 'bearer' },
              apiKey: { type: 'apiKey', in: 'header', name: 'x-api-key' },
            },
          }
        : {}),
    },
  };
}

function describePage(): Schema {
  return {
    get: {
      operationId: 'page',
      summary: 'A page to try the service on; this document for those who ask for JSON',
      responses: {
        200: {
          description: 'the page',
          content: { 'text/html': { schema: { type: 'string' } }, 'application/json': { schema: { type: 'object' } } },
        },
        ...failures(['bad_request', 'internal_error']),
      },
    },
  };
}

function describeBody(limits: Limits): Schema {
  const photo = { schema: { type: 'string', format: 'binary' } };
  const sources = ['PhotoByUrl', 'PhotoAsBase64', 'PhotoInS3', 'PhotoSources'];
  return {
    required: true,
    description:
      `At most ${limits.maximumBodySizeInBytes} bytes. A bare photo may have any type but text and JSON, or none: ` +
      'its bytes decide what it is.',
    content: {
      'image/jpeg': photo,
      'image/png': photo,
      'image/webp': photo,
      'application/octet-stream': photo,
      'multipart/form-data': {
        schema: {
          type: 'object',
          description: `One file part is one photo; up to ${limits.maximumItems} are items.`,
          properties: { photo: { type: 'string', format: 'binary' } },
          required: ['photo'],
        },
      },
      'application/json': { schema: { oneOf: sources.map((name) => ({ $ref: `#/components/schemas/${name}` })) } },
    },
  };
}

function toParameters(options: Readonly<Record<string, OptionDefinition<unknown>>>): readonly Schema[] {
  return Object.entries(options).map(([name, { description, schema }]) => ({ name, in: 'query', description, schema }));
}

function success(description: string, schema: Schema): Schema {
  return { 200: { description, content: { 'application/json': { schema } } } };
}

function failures(codes: readonly ErrorCode[]): Schema {
  return Object.fromEntries(
    codes.map((code) => [
      statusByCode[code],
      {
        description: `${code}: ${meaningByCode[code]}`,
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
      },
    ]),
  );
}

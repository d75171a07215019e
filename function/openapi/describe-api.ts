import type { Schema } from '../../facts/schema.ts';
import { healthOptions } from '../routes/read-options.ts';
import type { Limits } from '../settings/limits.ts';
import { describePredict } from './describe-predict.ts';
import { describeUpload } from './describe-upload.ts';
import { exampleHealth } from './examples.ts';
import { toParameters } from './parameters.ts';
import { failures, success } from './responses.ts';
import { createSchemas } from './schemas.ts';

/** What the description depends on. */
export interface ApiFacts {
  readonly limits: Limits;
  readonly version: string;
  readonly hasPage: boolean;
  readonly hasSecret: boolean;
  readonly hasUploads?: boolean;
}

/** The whole HTTP interface as an OpenAPI 3.1 document. */
export function describeApi({ limits, version, hasPage, hasSecret, hasUploads }: ApiFacts): Schema {
  return {
    openapi: '3.1.0',
    info: {
      title: 'lambda-lens',
      version,
      description: 'Says which label a photo has: an image classifier from Keras, TensorFlow Lite or ONNX (PyTorch).',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    // Relative to this document, since a REST API puts its stage before every path.
    servers: [{ url: '.' }],
    paths: {
      '/predict': {
        post: describePredict(limits, hasSecret),
      },
      ...(hasUploads ? { '/upload': { post: describeUpload(limits, hasSecret) } } : {}),
      '/health': {
        get: {
          operationId: 'health',
          summary: 'Whether the service works, with which model and limits',
          parameters: toParameters(healthOptions),
          responses: {
            ...success('it works', { $ref: '#/components/schemas/Health' }, { example: exampleHealth }),
            ...failures(['bad_request', 'unauthorized', 'internal_error', 'too_slow']),
          },
        },
      },
      '/health/live': {
        get: {
          operationId: 'live',
          summary: 'That the process answers; whether it works is for /health to say',
          responses: { 204: { description: 'it answers' } },
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
      '/model': {
        get: {
          operationId: 'model',
          summary: "The model's card as a page: what is measured of it, its limits, what goes in and out",
          responses: {
            200: { description: 'the page', content: { 'text/html': { schema: { type: 'string' } } } },
            ...failures(['bad_request', 'internal_error', 'too_slow']),
          },
        },
      },
      '/examples/{name}': {
        get: {
          operationId: 'example',
          summary: 'A photo to try, by the name that the page has for it',
          parameters: [
            {
              name: 'name',
              description: 'of a file',
              in: 'path',
              required: true,
              schema: { type: 'string' },
              example: 't-shirt.jpg',
            },
          ],
          responses: {
            200: {
              description: 'the photo',
              content: Object.fromEntries(
                ['image/jpeg', 'image/png', 'image/webp'].map((type) => [
                  type,
                  { schema: { type: 'string', format: 'binary' } },
                ]),
              ),
            },
            ...failures(['not_found', 'internal_error']),
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

import type { Schema } from '../../facts/schema.ts';
import type { Limits } from '../settings/limits.ts';
import { failures, success } from './responses.ts';

/** The operation `POST /upload`. */
export function describeUpload({ maximumPhotoSizeInBytes }: Limits, hasSecret: boolean): Schema {
  const size = { type: 'integer', minimum: 1, maximum: maximumPhotoSizeInBytes };
  return {
    operationId: 'upload',
    summary: 'Where to put a photo that is too large for a request, before it is asked about as {"s3": …}',
    requestBody: {
      required: true,
      content: {
        'application/json': {
          schema: { type: 'object', properties: { sizeInBytes: size }, required: ['sizeInBytes'] },
          example: { sizeInBytes: 8_123_456 },
        },
      },
    },
    responses: {
      ...success('an address that takes it by PUT for five minutes', { $ref: '#/components/schemas/Upload' }),
      ...failures([
        'bad_request',
        ...(hasSecret ? (['unauthorized'] as const) : []),
        'photo_too_large',
        'internal_error',
        'too_slow',
      ]),
    },
    ...(hasSecret ? { security: [{ bearer: [] }, { apiKey: [] }] } : {}),
  };
}

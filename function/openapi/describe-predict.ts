import type { Schema } from '../../facts/schema.ts';
import { predictOptions } from '../routes/read-options.ts';
import type { Limits } from '../settings/limits.ts';
import {
  exampleAnswer,
  exampleExplanation,
  exampleFields,
  exampleItems,
  exampleRequests,
  exampleText,
} from './examples.ts';
import { toParameters } from './parameters.ts';
import { failures, success } from './responses.ts';

/** The operation `POST /predict`. */
export function describePredict(limits: Limits, hasSecret: boolean): Schema {
  return {
    operationId: 'predict',
    summary: 'The most probable labels of a photo, or of several',
    parameters: toParameters(predictOptions),
    requestBody: describeBody(limits),
    responses: {
      ...success(
        'a prediction; for items and for several files of a form one result or error each, in order',
        {
          oneOf: [{ $ref: '#/components/schemas/Prediction' }, { $ref: '#/components/schemas/Predictions' }],
        },
        {
          examples: {
            one: { summary: 'a photo', value: exampleAnswer },
            explained: { summary: 'with explain=1', value: exampleExplanation },
            several: { summary: 'several photos', value: exampleItems },
          },
        },
      ),
      ...failures([
        'bad_request',
        ...(hasSecret ? (['unauthorized'] as const) : []),
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
    ...(hasSecret ? { security: [{ bearer: [] }, { apiKey: [] }] } : {}),
  };
}

const text = { type: 'string' };

function describeBody(limits: Limits): Schema {
  const photo = { schema: { type: 'string', format: 'binary' } };
  const sources = ['PhotoByUrl', 'PhotoByImageUrl', 'PhotoAsBase64', 'PhotoInS3', 'PhotoSources'];
  const fields = { url: text, image: text, s3: text, top: text, explain: text };
  return {
    required: true,
    description:
      `At most ${limits.maximumBodySizeInBytes / 1e6} MB, before and after a Content-Encoding of gzip, deflate, br or zstd. ` +
      'A bare photo may have any type but text and JSON, or none: its bytes decide what it is. ' +
      'A text may be the URL of a photo, a data: URL, or base64.',
    content: {
      'image/jpeg': photo,
      'image/png': photo,
      'image/webp': photo,
      'application/octet-stream': photo,
      'multipart/form-data': {
        schema: {
          type: 'object',
          description: `One file part is one photo; up to ${limits.maximumItems} are items. Without a file, a field names it.`,
          properties: { photo: { type: 'string', format: 'binary' }, ...fields },
        },
      },
      'application/x-www-form-urlencoded': { schema: { type: 'object', properties: fields }, example: exampleFields },
      'text/plain': { schema: text, example: exampleText },
      'application/json': {
        schema: { oneOf: sources.map((name) => ({ $ref: `#/components/schemas/${name}` })) },
        examples: exampleRequests,
      },
    },
  };
}

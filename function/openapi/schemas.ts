import { answerSchemas } from '../../facts/answers.ts';
import { described, object, reference, type Schema } from '../../facts/schema.ts';
import { predictOptions } from '../routes/read-options.ts';
import type { Limits } from '../settings/limits.ts';

/** Any text that is not empty; what it may be is said beside it. */
const address = { type: 'string', minLength: 1 };

/** What the query may say too; a field that is null or empty counts as absent. */
const optionsInBody = {
  top: described('as in the query', { anyOf: [{ type: 'integer', minimum: 1 }, { type: 'null' }] }),
  explain: described('as in the query', { anyOf: [...predictOptions.explain.schema.anyOf, { type: 'null' }] }),
};

/** One of the sources of a photo, the others absent. */
function source(properties: Readonly<Record<string, Schema>>): Schema {
  return object(properties, optionsInBody);
}

/** The shapes of requests and answers, as `components.schemas` of OpenAPI 3.1. */
export function createSchemas(limits: Limits): Readonly<Record<string, Schema>> {
  return {
    PhotoByUrl: source({
      url: described('http or https, at a public address; without a scheme, https', address),
    }),
    PhotoByImageUrl: source({ image_url: described('the same as url, by another name', address) }),
    PhotoAsBase64: source({
      image: described('base64 of RFC 4648 §4 with its padding and without white space, or a data: URL', address),
    }),
    PhotoInS3: source({ s3: described('s3://bucket/key, of a bucket that the service allows', address) }),
    PhotoSource: {
      anyOf: ['PhotoByUrl', 'PhotoByImageUrl', 'PhotoAsBase64', 'PhotoInS3'].map((name) => reference(name)),
    },
    PhotoSources: object(
      {
        items: described('each gets its own result or error, in order', {
          type: 'array',
          items: { anyOf: [reference('PhotoSource'), described('anything else gets an error of its own', {})] },
          minItems: 1,
          maxItems: limits.maximumItems,
        }),
      },
      optionsInBody,
    ),
    ...answerSchemas,
  };
}

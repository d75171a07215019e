import { statusByCode } from '../../facts/error-codes.ts';
import { predictOptions } from '../routes/read-options.ts';
import type { Limits } from '../settings/limits.ts';

export type Schema = Readonly<Record<string, unknown>>;

const text = { type: 'string' };
const number = { type: 'number' };
const milliseconds = { type: 'number', minimum: 0 };
const probability = { type: 'number', minimum: 0, maximum: 1 };
const count = { type: 'integer', minimum: 1 };

/** An object of exactly these properties; those named in `optional` may be missing. */
function object(properties: Readonly<Record<string, Schema>>, optional: readonly string[] = []): Schema {
  return {
    type: 'object',
    properties,
    required: Object.keys(properties).filter((name) => !optional.includes(name)),
    additionalProperties: false,
  };
}

function list(items: Schema, bounds: Schema = {}): Schema {
  return { type: 'array', items, ...bounds };
}

function reference(name: string): Schema {
  return { $ref: `#/components/schemas/${name}` };
}

function described(description: string, schema: Schema): Schema {
  return { ...schema, description };
}

/** Any text that is not empty; what it may be is said beside it. */
const address = { type: 'string', minLength: 1 };

/** What the query may say too; a field that is null or empty counts as absent. */
const optionsInBody = {
  top: described('as in the query', { anyOf: [predictOptions.top.schema, { type: 'null' }] }),
  explain: described('as in the query', { anyOf: [predictOptions.explain.schema, { type: 'null' }] }),
};

/** One of the sources of a photo, the others absent. */
function source(properties: Readonly<Record<string, Schema>>): Schema {
  return object({ ...properties, ...optionsInBody }, Object.keys(optionsInBody));
}

const label = {
  label: text,
  probability,
  score: described("the model's own output, a logit or a probability", number),
};

const agreement = { photos: count, largestDifference: number, sameFirstLabels: { type: 'boolean' } };

const modelName = {
  name: text,
  version: described("the first 12 hexadecimal digits of the weights' SHA-256", {
    type: 'string',
    pattern: '^[0-9a-f]{12}$',
  }),
};

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
    PhotoSource: { anyOf: ['PhotoByUrl', 'PhotoByImageUrl', 'PhotoAsBase64', 'PhotoInS3'].map(reference) },
    PhotoSources: object(
      {
        items: described('each gets its own result or error, in order', {
          type: 'array',
          items: { anyOf: [reference('PhotoSource'), described('anything else gets an error of its own', {})] },
          minItems: 1,
          maxItems: limits.maximumItems,
        }),
        ...optionsInBody,
      },
      Object.keys(optionsInBody),
    ),
    Prediction: object(
      {
        label: described('the most probable label', text),
        probability,
        verdict: described(
          'unsure: the label may be wrong; unfamiliar: not the kind of photo that the model knows; uncalibrated: nobody has measured the model, so nothing is promised',
          {
            type: 'string',
            enum: ['confident', 'unsure', 'unfamiliar', 'uncalibrated'],
          },
        ),
        predictions: described(
          'the most probable first; probabilities sum to 1 over all labels, but for a model whose labels are independent',
          list(object(label)),
        ),
        photo: object({
          format: { type: 'string', enum: ['jpeg', 'png', 'webp'] },
          width: described('in pixels, upright', count),
          height: count,
          orientation: described("EXIF's, already applied", { type: 'integer', minimum: 1, maximum: 8 }),
          decoder: described('which decoder took the photo', text),
        }),
        model: object(modelName),
        timing: object({
          sourceMs: milliseconds,
          decodeMs: milliseconds,
          fitMs: milliseconds,
          modelMs: milliseconds,
          totalMs: described('with waiting', milliseconds),
          coldStart: described('whether this is the first request that a new process answers', { type: 'boolean' }),
        }),
        explanation: object({
          label: text,
          grid: described('rows from top to bottom; 1 where the evidence is strongest', list(list(probability))),
          runnerUp: object({ label: text, margin: described("in units of the model's logits", number) }),
        }),
      },
      ['explanation'],
    ),
    Predictions: object({ items: list({ oneOf: [reference('Prediction'), reference('Error')] }) }),
    Health: object(
      {
        status: { const: 'ok' },
        model: object({ ...modelName, labels: list(text) }),
        version: described('of the service', text),
        architecture: described("the processor's", { type: 'string', examples: ['arm64', 'x86_64'] }),
        limits: object({ bodySizeInBytes: count, photoSizeInBytes: count, pixels: count, items: count }),
        parity: described(
          "deep only: how far the answers are from Keras's own; null where the model has no such photos",
          {
            oneOf: [object(agreement), { type: 'null' }],
          },
        ),
        reference: described(
          'with reference only: how far what serves is from the reference, as shares of the range of the scores',
          object({
            engines: described('on the same photos; null where the model has none', {
              oneOf: [object(agreement), { type: 'null' }],
            }),
          }),
        ),
      },
      ['parity', 'reference'],
    ),
    Error: object({
      error: object({
        code: { type: 'string', enum: Object.keys(statusByCode) },
        message: described('what was wrong, in one sentence', text),
        hint: described('what to do, in another', text),
      }),
    }),
  };
}

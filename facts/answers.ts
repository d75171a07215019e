import { statusByCode } from './error-codes.ts';
import {
  count,
  described,
  either,
  list,
  milliseconds,
  nothing,
  number,
  object,
  oneOf,
  probability,
  reference,
  text,
  type ValueOf,
  yesOrNo,
} from './schema.ts';

// What the service answers: the types of the function, its OpenAPI document and its clients all come from here.

const errorCodes = Object.keys(statusByCode) as (keyof typeof statusByCode)[];

const modelName = {
  name: text,
  version: described('12 hexadecimal digits of a SHA-256 over all that decides the answers', {
    ...text,
    pattern: '^[0-9a-f]{12}$',
  }),
};

const Prediction = object(
  {
    label: described('the most probable label', text),
    probability,
    verdict: described(
      'unsure: the label may be wrong; unfamiliar: not the kind of photo that the model knows; ' +
        'uncalibrated: nobody has measured the model, so nothing is promised',
      oneOf('confident', 'unsure', 'unfamiliar', 'uncalibrated'),
    ),
    predictions: described(
      'the most probable first; probabilities sum to 1 over all labels, but for a model whose labels are independent',
      list(
        object({
          label: text,
          probability,
          score: described("the model's own output, a logit or a probability", number),
        }),
      ),
    ),
    photo: object(
      {
        format: oneOf('jpeg', 'png', 'webp'),
        width: described('in pixels, upright', count),
        height: count,
        orientation: described("EXIF's, already applied", { ...count, maximum: 8 }),
        decoder: described('which decoder took the photo', oneOf('own', 'libwebp', 'reference')),
      },
      { warnings: described('what was wrong with the file and ignored, since the picture is whole', list(text)) },
    ),
    model: object(modelName),
    timing: object({
      sourceMs: milliseconds,
      decodeMs: milliseconds,
      fitMs: milliseconds,
      modelMs: milliseconds,
      totalMs: described('with waiting', milliseconds),
      coldStart: described('whether this is the first request that a new process answers', yesOrNo),
    }),
  },
  {
    explanation: object({
      label: text,
      grid: described('rows from top to bottom; 1 where the evidence is strongest', list(list(probability))),
      area: described(
        'what of the upright photo the grid covers, in shares of its width and height; beyond it where the model saw padding',
        object({ left: number, top: number, width: number, height: number }),
      ),
      runnerUp: object({ label: text, margin: described("in units of the model's logits", number) }),
    }),
  },
);

const ErrorAnswer = object({
  error: object({
    code: oneOf(...errorCodes),
    message: described('what was wrong, in one sentence', text),
    hint: described('what to do, in another', text),
  }),
});

const agreement = object({ photos: count, largestDifference: number, sameFirstLabels: yesOrNo });

const Reference = object({
  engines: described('on the same photos; null where the model has none', either(agreement, nothing)),
  decoders: described('on encoded photos that the service carries', agreement),
});

const Health = object(
  {
    status: oneOf('ok'),
    model: object({
      ...modelName,
      labels: list(text),
      output: described(
        'what the model ends in; sigmoids: its labels are independent, so that several may hold and probabilities do not sum to 1',
        oneOf('logits', 'softmax', 'sigmoid', 'sigmoids'),
      ),
    }),
    version: described('of the service', text),
    architecture: described("the processor's", { ...text, examples: ['arm64', 'x86_64'] }),
    limits: object({ bodySizeInBytes: count, photoSizeInBytes: count, pixels: count, items: count }),
  },
  {
    uploads: described('whether POST /upload takes photos that are too large for a request', yesOrNo),
    keepsPhotos: described('whether some photos are kept for a while, for labelling', yesOrNo),
    parity: described(
      "deep only: how far the answers are from Keras's own; null where the model has no such photos",
      either(agreement, nothing),
    ),
    reference: described(
      'with reference only: how far what serves is from the reference, as shares of the range of the scores',
      Reference,
    ),
  },
);

const Upload = object({
  put: described(
    'send the photo there by PUT; the length in the headers is what every client sends by itself',
    object({ url: text, headers: object({ 'content-length': text }) }),
  ),
  s3: described('what to send to /predict then, as {"s3": …}', text),
  validForSeconds: described('how long the address takes a photo', count),
});

const Predictions = object({
  items: list(either(reference('Prediction', Prediction), reference('Error', ErrorAnswer))),
});

/** As the components of the OpenAPI document are called. */
export const answerSchemas = { Prediction, Predictions, Health, Upload, Error: ErrorAnswer } as const;

/**
 * The body of a prediction's answer, as `POST /predict` gives it: docs/http.md shows one.
 * @interface
 */
export type Answer = ValueOf<typeof Prediction>;
/** The bodies of several photos' answers, in their order. */
export type Answers = ValueOf<typeof Predictions>;
export type ErrorBody = ValueOf<typeof ErrorAnswer>;
export type UploadOffer = ValueOf<typeof Upload>;
export type HealthBody = ValueOf<typeof Health>;
export type ReferenceBody = ValueOf<typeof Reference>;

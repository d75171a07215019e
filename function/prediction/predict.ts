import type { CardInput } from '../../model/card/card.ts';
import { smallestUsefulSize } from '../../model/card/smallest-useful-size.ts';
import type { Classification, Classifier } from '../../model/classification.ts';
import type { DecodeOptions, decodePhoto, PhotoFacts } from '../../photo/decode-photo.ts';
import { PhotoError } from '../../photo/photo-error.ts';
import type { Deadline } from '../invocation/deadline.ts';
import { ServiceError, toServiceError } from '../invocation/service-error.ts';
import type { Limits } from '../settings/limits.ts';
import type { PhotoSource } from '../source/photo-source.ts';
import { createSerialQueue, type SerialQueue } from './serial-queue.ts';

export type FetchBytes = (address: string, options: { readonly signal: AbortSignal }) => Promise<Uint8Array>;

/** What a prediction needs of other rooms. */
export interface PredictCollaborators {
  /** The loaded model; a load that failed is tried again at the next call. */
  readonly classifier: () => Promise<Classifier>;
  readonly decodePhoto: typeof decodePhoto;
  readonly fetchPhoto: FetchBytes;
  /** From an `s3://` address. */
  readonly fetchObject: FetchBytes;
  readonly limits: Limits;
}

export interface Prediction {
  readonly classification: Classification;
  /** In the order of the classification's arrays. */
  readonly labels: readonly string[];
  readonly photo: PhotoFacts;
  readonly sizeInBytes: number;
  readonly model: { readonly name: string; readonly version: string };
  /** Waiting for a turn is in none of them. */
  readonly timing: {
    readonly sourceMs: number;
    readonly decodeMs: number;
    readonly fitMs: number;
    readonly modelMs: number;
  };
}

export interface PredictOptions {
  readonly explain: boolean;
  readonly deadline: Deadline;
}

/** One photo's prediction. Rejects with a ServiceError of any code but those of HTTP itself. */
export type Predict = (source: PhotoSource, options: PredictOptions) => Promise<Prediction>;

/** The way of a photo from its source to the model's answer; photos of concurrent calls take turns from decoding on. */
export function createPredict(collaborators: PredictCollaborators, inTurn: SerialQueue = createSerialQueue()): Predict {
  const { classifier: load, decodePhoto, limits } = collaborators;

  async function decode(bytes: Uint8Array, input: CardInput, deadline: Deadline): ReturnType<typeof decodePhoto> {
    try {
      return await decodePhoto(bytes, { ...decodingOptionsFor(input, limits), throwIfOver: deadline.throwIfOver });
    } catch (error) {
      throw error instanceof PhotoError ? toServiceError(error) : error;
    }
  }

  async function predict(source: PhotoSource, { explain, deadline }: PredictOptions): Promise<Prediction> {
    deadline.throwIfOver();
    const startedAt = performance.now();
    const bytesInTime = readBytes(source, collaborators, deadline).then((bytes) => ({
      bytes,
      sourceMs: performance.now() - startedAt,
    }));
    // The model loads while the photo is on its way.
    const [{ bytes, sourceMs }, classifier] = await Promise.all([bytesInTime, load()]);
    if (explain && !classifier.canExplain) throw cannotExplain();

    const answer = async () => {
      const decodingFrom = performance.now();
      const { pixels, photo } = await decode(bytes, classifier.card.input, deadline);
      const decodeMs = performance.now() - decodingFrom;
      deadline.throwIfOver();
      const classification = classifier.classify(pixels, { explain });
      return {
        classification,
        labels: classifier.card.labels,
        photo,
        sizeInBytes: bytes.length,
        model: { name: classifier.card.name, version: classifier.version },
        timing: { sourceMs, decodeMs, ...classification.timing },
      };
    };
    return inTurn(() => deadline.step(answer), deadline.signal);
  }

  return (source, options) => options.deadline.race(() => predict(source, options));
}

async function readBytes(
  source: PhotoSource,
  { fetchPhoto, fetchObject }: PredictCollaborators,
  { signal }: Deadline,
): Promise<Uint8Array> {
  switch (source.kind) {
    case 'bytes':
      return source.bytes;
    case 'url':
      return fetchPhoto(source.url, { signal });
    case 's3':
      return fetchObject(source.uri, { signal });
  }
}

/** How large a photo may be, and how small a decoder may hand it over. */
function decodingOptionsFor(input: CardInput, limits: Limits): DecodeOptions {
  const { maximumPixels, maximumFullSizePixels, maximumDecodingMegabytes: maximumMegabytes } = limits;
  const most = { maximumPixels, maximumFullSizePixels, maximumMegabytes };
  const minimumSize = smallestUsefulSize(input);
  return minimumSize === undefined ? most : { ...most, minimumSize };
}

function cannotExplain(): ServiceError {
  return new ServiceError(
    'bad_request',
    'This model cannot explain its answers: it lacks the output "map" or the weights of its last dense layer.',
    'Leave explain out.',
  );
}

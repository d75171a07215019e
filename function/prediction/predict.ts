import type { Classification } from '../../model/classification.ts';
import type { PhotoFacts } from '../../photo/decode-photo.ts';
import type { Deadline } from '../invocation/deadline.ts';
import { ServiceError } from '../invocation/service-error.ts';
import type { PhotoSource } from '../source/photo-source.ts';
import { type ClassifyingParts, choosePlace, onThisThread, type PhotoThreads } from './classify-photo.ts';
import { createSerialQueue, type SerialQueue } from './serial-queue.ts';

export type FetchBytes = (address: string, options: { readonly signal: AbortSignal }) => Promise<Uint8Array>;

/** What a prediction needs of other rooms. */
export interface PredictCollaborators extends ClassifyingParts {
  readonly fetchPhoto: FetchBytes;
  /** From an `s3://` address. */
  readonly fetchObject: FetchBytes;
  /** Threads that decode and classify once they are ready; until then, and without them, this one does. */
  readonly threads?: PhotoThreads | undefined;
  /** Told of each photo that is answered, while its caller waits. */
  readonly onAnswered?: ((bytes: Uint8Array, prediction: Prediction) => void) | undefined;
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
  const place = choosePlace(onThisThread(collaborators, inTurn), collaborators.threads);

  async function predict(source: PhotoSource, { explain, deadline }: PredictOptions): Promise<Prediction> {
    deadline.throwIfOver();
    const { model, classify } = place();
    const startedAt = performance.now();
    const bytesInTime = readBytes(source, collaborators, deadline).then((bytes) => ({
      bytes,
      sourceMs: performance.now() - startedAt,
    }));
    // The model loads while the photo is on its way.
    const [{ bytes, sourceMs }, { labels, canExplain, name, version }] = await Promise.all([bytesInTime, model()]);
    if (explain && !canExplain) throw cannotExplain();

    const { classification, photo, decodeMs } = await classify(bytes, { explain, deadline });
    const prediction: Prediction = {
      classification,
      labels,
      photo,
      sizeInBytes: bytes.length,
      model: { name, version },
      timing: { sourceMs, decodeMs, ...classification.timing },
    };
    collaborators.onAnswered?.(bytes, prediction);
    return prediction;
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

function cannotExplain(): ServiceError {
  return new ServiceError(
    'bad_request',
    'This model cannot explain its answers: it lacks the output "map" or the weights of its last dense layer.',
    'Leave explain out.',
  );
}

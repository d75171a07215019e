import type { Card, CardInput } from '../../model/card/card.ts';
import { smallestUsefulSize } from '../../model/card/smallest-useful-size.ts';
import type { Classification, Classifier } from '../../model/classification.ts';
import type { DecodeOptions, decodePhoto, PhotoFacts } from '../../photo/decode-photo.ts';
import { PhotoError } from '../../photo/photo-error.ts';
import type { Deadline } from '../invocation/deadline.ts';
import { toServiceError } from '../invocation/service-error.ts';
import type { Limits } from '../settings/limits.ts';
import type { SerialQueue } from './serial-queue.ts';

/** What a thread needs to decode and classify. */
export interface ClassifyingParts {
  /** The loaded model; a load that failed is tried again at the next call. */
  readonly classifier: () => Promise<Classifier>;
  readonly decodePhoto: typeof decodePhoto;
  readonly limits: Limits;
  /**
   * For a warm-up: photos go the whole way but for the model, of which a part runs. A start is shorter by what the rest
   * takes, since all that is compiled is compiled in that part.
   */
  readonly isRehearsal?: boolean | undefined;
}

/** What answers say of the model, and what may be asked of it. */
export interface ModelFacts {
  readonly name: string;
  readonly version: string;
  readonly labels: readonly string[];
  readonly output: Card['output'];
  readonly canExplain: boolean;
}

export interface ClassifiedPhoto {
  readonly classification: Classification;
  readonly photo: PhotoFacts;
  /** Waiting for a turn is not in it. */
  readonly decodeMs: number;
}

/** Where photos become answers: this thread, or several. */
export interface PhotoClassifying {
  readonly model: () => Promise<ModelFacts>;
  /** Waits for its turn. Rejects with a ServiceError of a photo, or of the deadline. */
  readonly classify: (
    bytes: Uint8Array,
    options: { readonly explain: boolean; readonly deadline: Deadline },
  ) => Promise<ClassifiedPhoto>;
}

/** Several threads, which take longer to start than the one that is there. */
export interface PhotoThreads extends PhotoClassifying {
  readonly isReady: () => boolean;
}

/** Where photos go at the moment. */
export type ChoosePlace = () => PhotoClassifying;

/** The threads once they are ready, the one that asks until then. */
export function choosePlace(here: PhotoClassifying, threads: PhotoThreads | undefined): ChoosePlace {
  return () => (threads?.isReady() ? threads : here);
}

/** On the thread that asks, one photo at a time. */
export function onThisThread(parts: ClassifyingParts, inTurn: SerialQueue): PhotoClassifying {
  return {
    model: async () => modelFactsOf(await parts.classifier()),
    async classify(bytes, { explain, deadline }) {
      const classifier = await parts.classifier();
      const answer = () => classifyPhoto(parts, classifier, bytes, { explain, throwIfOver: deadline.throwIfOver });
      return inTurn(() => deadline.step(answer), deadline.signal);
    },
  };
}

export function modelFactsOf({ card, version, canExplain }: Classifier): ModelFacts {
  return { name: card.name, version, labels: card.labels, output: card.output, canExplain };
}

/** Decodes and classifies now, which holds the thread. Rejects with a ServiceError where the photo is at fault. */
export async function classifyPhoto(
  { decodePhoto, limits, isRehearsal }: Omit<ClassifyingParts, 'classifier'>,
  classifier: Classifier,
  bytes: Uint8Array,
  { explain, throwIfOver }: { readonly explain: boolean; readonly throwIfOver: () => void },
): Promise<ClassifiedPhoto> {
  const startedAt = performance.now();
  const options = { ...decodingOptionsFor(classifier.card.input, limits), mayLend: true, throwIfOver };
  const { pixels, photo } = await decodePhoto(bytes, options).catch((error: unknown) => {
    throw error instanceof PhotoError ? toServiceError(error) : error;
  });
  const decodeMs = performance.now() - startedAt;
  try {
    throwIfOver();
    return { classification: classifier.classify(pixels, { explain, isRehearsal }), photo, decodeMs };
  } finally {
    pixels.release?.();
  }
}

/** How large a photo may be, and how small a decoder may hand it over. */
function decodingOptionsFor(input: CardInput, limits: Limits): DecodeOptions {
  const { maximumPixels, maximumFullSizePixels, maximumDecodingMegabytes: maximumMegabytes } = limits;
  const most = { maximumPixels, maximumFullSizePixels, maximumMegabytes };
  const minimumSize = smallestUsefulSize(input);
  return minimumSize === undefined ? most : { ...most, minimumSize };
}

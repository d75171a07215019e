import type { Answer } from '../facts/answers.ts';
import { createDeadline } from '../function/invocation/deadline.ts';
import { createPredict } from '../function/prediction/predict.ts';
import { toAnswer } from '../function/prediction/prediction-answer.ts';
import { wireService } from '../function/wire.ts';

/** How a model is loaded. */
export interface LoadOptions {
  /** What runs the graph: `own` kernels where they cover it, which is the default, or `tensorflow` for TensorFlow.js. */
  readonly engine?: 'own' | 'tensorflow';
}

/** How one photo is classified. */
export interface ClassifyOptions {
  /** How many labels the answer's `predictions` hold at most, the most probable first; 3 unless given. */
  readonly top?: number;
  /** Adds where in the photo the evidence lies; only for models that can (`canExplain`). */
  readonly explain?: boolean;
  /** Gives up when it fires. */
  readonly signal?: AbortSignal;
}

/** A model directory, loaded. */
export interface PhotoClassifier {
  readonly name: string;
  /** Of all that answers depend on: 12 hexadecimal digits. */
  readonly version: string;
  /** In the order of the model's outputs. */
  readonly labels: readonly string[];
  readonly canExplain: boolean;
  /**
   * One photo's answer, the same as the service's.
   * @param bytes a JPEG, PNG or WebP file as it is; its own bytes say which
   * @param options how many labels, with or without the evidence, and when to give up
   * @throws {@link ServiceError} with `code` `unsupported_format`, `corrupt_photo`, `photo_too_large` or `bad_request`,
   *   each with a `message` of what was wrong and a `hint` of what to do
   */
  classify(bytes: Uint8Array, options?: ClassifyOptions): Promise<Answer>;
}

/**
 * Loads a model directory, as `lambda-lens import` writes it. Photos of concurrent calls take turns.
 * @param directory the shipped clothes classifier unless given
 * @param options what runs the graph
 * @throws {@link ModelError} naming the file or the key at fault where parts are missing or do not belong together
 */
export async function load(directory?: string, { engine }: LoadOptions = {}): Promise<PhotoClassifier> {
  const settings = {
    ...(directory !== undefined && { modelDirectory: directory }),
    ...(engine !== undefined && { engine }),
  };
  const { collaborators } = wireService({}, { startsCold: false, log: () => undefined, settings });
  const { card, version, canExplain } = await collaborators.classifier();
  const predict = createPredict(collaborators);
  return {
    name: card.name,
    version,
    labels: card.labels,
    canExplain,
    async classify(bytes, { top = 3, explain = false, signal } = {}) {
      const startedAt = performance.now();
      const deadline = createDeadline(Number.POSITIVE_INFINITY, signal);
      try {
        const prediction = await predict({ kind: 'bytes', bytes }, { explain, deadline });
        const totalMs = performance.now() - startedAt;
        return toAnswer(prediction, { top, readMs: 0, totalMs, coldStart: false });
      } finally {
        deadline.release();
      }
    },
  };
}

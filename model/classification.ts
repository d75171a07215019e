import type { RgbPixels } from '../photo/pixels/pixels.ts';
import type { Card } from './card/card.ts';
import type { Area } from './fit/part-of-photo.ts';

/**
 * `own`: a plan of the project's kernels where they cover the model, else TF.js with the project's kernels before its own.
 * `tensorflow`: TF.js's WebAssembly backend and nothing of the project's.
 */
export type Engine = 'own' | 'tensorflow';

export interface EngineOptions {
  /** Absolute path of `tfjs-backend-wasm-simd.wasm`. */
  readonly wasmFile: string;
  /** `own` unless given. */
  readonly engine?: Engine;
}

/**
 * `unsure`: the first label may be wrong. `unfamiliar`: not the kind of photo that the model knows. `uncalibrated`: nobody
 * has measured this model, so nothing is promised; it gives no other verdict then.
 */
export type Verdict = 'confident' | 'unsure' | 'unfamiliar' | 'uncalibrated';

/** Where in the photo the evidence for the first label lies. */
export interface Explanation {
  readonly label: string;
  /** Rows from top to bottom, each from left to right; 0–1, 1 where the evidence is strongest. */
  readonly grid: readonly (readonly number[])[];
  /** What of the photo the grid covers. */
  readonly area: Area;
  /** The second label and by how much of the model's logit the first one beats it. */
  readonly runnerUp: { readonly label: string; readonly margin: number };
}

/** What the card makes of a model's answer. */
export interface Judgement {
  /** One a label, in the order of `card.labels`; calibrated where the card says how; sums to 1 but for independent labels. */
  readonly probabilities: Float32Array;
  readonly verdict: Verdict;
}

export interface Classification extends Judgement {
  /** The model's own output, one a label: a logit, or a probability where the model ends in softmax or sigmoid. */
  readonly scores: Float32Array;
  readonly explanation?: Explanation;
  readonly timing: { readonly fitMs: number; readonly modelMs: number };
}

/** What the graph itself answers for a photo, before any calibration. */
export interface Measurement {
  /** One a label, in the order of `card.labels`; see {@link Classification.scores}. */
  readonly scores: Float32Array;
  /** One a label, before the final softmax or sigmoid. */
  readonly logits: Float32Array;
  /** What the last dense layer sees, where the graph names it. */
  readonly features?: Float32Array;
  /** Larger is stranger; `unfamiliar` above `calibration.unfamiliar.above` of a card that has statistics. */
  readonly unfamiliarity?: number;
}

export interface ParityReport {
  readonly photos: number;
  /** Largest absolute difference of a probability from Keras's own. */
  readonly largestDifference: number;
  readonly sameFirstLabels: boolean;
  readonly ok: boolean;
}

/** A loaded model: the only way from pixels to an answer. */
export interface Classifier {
  readonly card: Card;
  /** Of all that answers depend on: see {@link modelVersion}. */
  readonly version: string;
  /**
   * Fits the photo to the model's input as the card says and runs the model once. `explain` needs the outputs `map` and
   * the last dense layer's weights; a model without them throws a ModelError with reason `no_explanation`. `isRehearsal`
   * goes the same way for a warm-up, but through a part of the model alone: what it answers says nothing.
   */
  classify(
    pixels: RgbPixels,
    options?: { readonly explain?: boolean; readonly isRehearsal?: boolean | undefined },
  ): Classification;
  /** Runs the model once like {@link classify}, for whoever fits or measures a calibration. */
  measure(pixels: RgbPixels): Measurement;
  /** The probabilities and the verdict of a measurement: what {@link classify} answers for it. */
  judge(measurement: Measurement): Judgement;
  /** Whether {@link classify} can explain. */
  readonly canExplain: boolean;
  /** The photos of parity.json, drawn; undefined where the model has none. */
  drawParityPhotos(): readonly RgbPixels[] | undefined;
  /** Runs the photos of parity.json again and compares with what Keras answered; undefined where the model has none. */
  verifyParity(): ParityReport | undefined;
  dispose(): void;
}

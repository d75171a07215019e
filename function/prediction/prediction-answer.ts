import type { Answer } from '../../facts/answers.ts';
import type { Prediction } from './predict.ts';

export interface AnswerOptions {
  /** How many predictions at most. */
  readonly top: number;
  /** What reading the request took before its source was known. */
  readonly readMs: number;
  readonly totalMs: number;
  readonly coldStart: boolean;
}

/** The answer to one photo, the most probable label first. */
export function toAnswer(prediction: Prediction, { top, readMs, totalMs, coldStart }: AnswerOptions): Answer {
  const { classification, photo, model, timing } = prediction;
  const ranked = rankLabels(prediction);
  const [first] = ranked;
  if (first === undefined) throw new Error('The model has no labels.');
  return {
    label: first.label,
    probability: first.probability,
    verdict: classification.verdict,
    predictions: ranked.slice(0, top),
    photo,
    model,
    timing: {
      sourceMs: toTenths(readMs + timing.sourceMs),
      decodeMs: toTenths(timing.decodeMs),
      fitMs: toTenths(timing.fitMs),
      modelMs: toTenths(timing.modelMs),
      totalMs: toTenths(totalMs),
      coldStart,
    },
    ...(classification.explanation === undefined ? {} : { explanation: classification.explanation }),
  };
}

/** All labels with their scores, in the model's order: what the direct door answers. */
export function toScores({ labels, classification }: Prediction): Record<string, number> {
  return Object.fromEntries(labels.map((label, index) => [label, toDecimal(classification.scores[index])]));
}

/**
 * What the handler of the course's homework answers since 2026, for a model of two labels: how probable the second one is,
 * and whether it is the likelier. (github.com/DataTalksClub/machine-learning-zoomcamp, cohorts/2026/homework/09-serverless,
 * at commit 8382a7f.)
 */
export function toCourseAnswer({ labels, classification }: Prediction): { statusCode: number; body: string } {
  const label = labels[1] ?? '';
  const probability = toDecimal(classification.probabilities[1]);
  return {
    statusCode: 200,
    body: JSON.stringify({ [`${label}_probability`]: probability, [label]: probability >= 0.5 }),
  };
}

function rankLabels({ labels, classification: { probabilities, scores } }: Prediction): Answer['predictions'] {
  return labels
    .map((label, index) => ({
      label,
      probability: toDecimal(probabilities[index]),
      score: toDecimal(scores[index]),
    }))
    .sort((one, other) => other.probability - one.probability || other.score - one.score);
}

/** A float32 as the shortest decimal that still tells it from its neighbours to within a few units of its last place. */
function toDecimal(value = Number.NaN): number {
  return Number(value.toPrecision(7));
}

function toTenths(milliseconds: number): number {
  return Math.round(milliseconds * 10) / 10;
}

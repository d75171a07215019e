import type { Card } from '../../model/card/card.ts';

/** How often a model is right, as its card says. Shares are of 0 to 1. */
export interface Measured {
  readonly accuracy: number;
  /** The 95 % interval of the accuracy. */
  readonly interval: readonly [low: number, high: number] | undefined;
  readonly photos: number;
  /** `evaluation`: on photos of its owner's choice; `crossValidation`: while it was trained, on photos left out in turn. */
  readonly by: 'evaluation' | 'crossValidation';
  readonly confidentCoverage: number | undefined;
  readonly confidentRight: number | undefined;
}

/**
 * What `evaluate` has measured; where it has not, what `train` has. Undefined where neither is in the card.
 * The card's figures are free in shape: what is no number counts as not there.
 */
export function readMeasured({ metrics }: Card): Measured | undefined {
  const { evaluation, crossValidation } = metrics ?? {};
  return read(evaluation, 'evaluation') ?? read(crossValidation, 'crossValidation');
}

function read(value: unknown, by: Measured['by']): Measured | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { accuracy, photos, confidentCoverage, confidentRight, ...rest } = value as Readonly<Record<string, unknown>>;
  if (typeof accuracy !== 'number' || typeof photos !== 'number') return undefined;
  const [low, high] = Array.isArray(rest.accuracyInterval) ? rest.accuracyInterval : [rest.low, rest.high];
  return {
    accuracy,
    interval: typeof low === 'number' && typeof high === 'number' ? [low, high] : undefined,
    photos,
    by,
    confidentCoverage: toNumber(confidentCoverage),
    confidentRight: toNumber(confidentRight),
  };
}

function toNumber(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

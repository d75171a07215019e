import type { Evaluation } from './evaluate-results.ts';

/** The figures of an evaluation that card.json keeps, to four decimals: what the page of the model shows. */
export function summariseEvaluation(evaluation: Evaluation): Record<string, unknown> {
  const { accuracy, calibration, confident, unfamiliar, labels } = evaluation;
  return {
    photos: accuracy.photos,
    accuracy: round(accuracy.share),
    accuracyInterval: [round(accuracy.low), round(accuracy.high)],
    calibrationError: round(calibration.error),
    confidentCoverage: round(confident.coverage.share),
    ...(confident.right.photos > 0 && { confidentRight: round(confident.right.share) }),
    ...(unfamiliar && { unfamiliarOfPhotos: round(unfamiliar.ofPhotos.share) }),
    ...(unfamiliar?.ofOthers && { unfamiliarOfOthers: round(unfamiliar.ofOthers.share) }),
    reliability: calibration.bins.map(({ meanProbability, accuracy: right, photos }) => ({
      said: round(meanProbability),
      right: round(right),
      photos,
    })),
    rightOfLabel: Object.fromEntries(
      labels
        .filter(({ recall }) => recall.photos > 0)
        .map(({ label, recall }) => [label, [recall.hits, recall.photos]]),
    ),
  };
}

function round(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}

import { readFileSync } from 'node:fs';

interface MeasuredCard {
  readonly metrics: {
    readonly evaluation: {
      readonly photos: number;
      readonly accuracy: number;
      readonly confidentCoverage: number;
      readonly confidentRight: number;
    };
  };
  readonly calibration: {
    readonly fitted: {
      readonly crossFitted: { readonly unfamiliar: { readonly ofPhotos: number; readonly ofOthers: number } };
    };
  };
}

/** How good the shipped model is, in three sentences, from its card. */
export function drawModelFigures(): string {
  const card: MeasuredCard = JSON.parse(
    readFileSync(new URL('../../model/clothing/card.json', import.meta.url), 'utf8'),
  );
  const { photos, accuracy, confidentCoverage, confidentRight } = card.metrics.evaluation;
  const { ofPhotos, ofOthers } = card.calibration.fitted.crossFitted.unfamiliar;
  return (
    `The shipped model is right for ${percent(accuracy)} of its ${photos} validation photos. It marks ${percent(confidentCoverage)} of them\n` +
    `\`confident\` and is right for ${percent(confidentRight)} of those. ${percent(ofOthers)} of photos of other things come out as \`unfamiliar\`, and so do\n` +
    `${percent(ofPhotos)} of photos of clothes.`
  );
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

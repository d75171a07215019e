import { readUnfamiliarity, storeUnfamiliarity, toUnitLength, type Unfamiliarity } from '../verdict/unfamiliarity.ts';
import { UnfamiliarityScorer } from '../verdict/unfamiliarity-scorer.ts';
import { FeatureMatrix, type RowRange } from './feature-matrix.ts';
import { fitUnfamiliarity, type KnownRows, noLabel } from './fit-unfamiliarity.ts';
import { rocArea } from './roc-area.ts';
import { chooseUnfamiliarAbove } from './unfamiliar-above.ts';

/** The features of a photo of one of the model's kinds. */
export interface LabelledFeatures {
  readonly features: Float32Array;
  readonly label: number;
}

export interface UnfamiliarityPhotos {
  /** Photos that the model was not trained on: their features are those that it will meet. */
  readonly photos: readonly LabelledFeatures[];
  readonly trainedOn: readonly LabelledFeatures[];
  readonly others: readonly Float32Array[];
  readonly empty: readonly Float32Array[];
  readonly emptyForMeasuring: readonly Float32Array[];
}

const folds = 5;
const weightOfHeldOut = 3;
const weightOfTrainedOn = 1;
const weightOfOthers = 5;
const weightOfEmpty = 2;

/**
 * The statistics of `unfamiliar` with their threshold, and how many photos of which kind lie above it: each is judged by
 * what was fitted without its fold, a fifth of the photos and of the others.
 */
export function calibrateUnfamiliarity(data: UnfamiliarityPhotos): {
  readonly statistics: Unfamiliarity;
  readonly figures: Record<string, unknown>;
} {
  const { rows, always, ofFolds } = layOut(data);
  const hasOthers = data.others.length > 0;
  const fitWithout = (without?: number) => {
    const fitted = fitUnfamiliarity(rows, [always, ...ofFolds.filter((_, fold) => fold !== without)], { hasOthers });
    // What is measured is what the card will hold, its rounding included.
    return readUnfamiliarity({ ...storeUnfamiliarity({ ...fitted, above: 0 }) });
  };
  const known: number[] = [];
  const others: number[] = [];
  const empty: number[] = [];
  for (let fold = 0; fold < folds; fold++) {
    const scorer = new UnfamiliarityScorer(fitWithout(fold));
    known.push(...ofFold(data.photos, fold).map(({ features }) => scorer.score(features)));
    others.push(...ofFold(data.others, fold).map((features) => scorer.score(features)));
    empty.push(...ofFold(data.emptyForMeasuring, fold).map((features) => scorer.score(features)));
  }
  const above = Number(chooseUnfamiliarAbove(known, others).toPrecision(6));
  const shareAbove = (scores: readonly number[]) =>
    round(scores.filter((score) => score > above).length / scores.length);
  return {
    statistics: { ...fitWithout(), above },
    figures: {
      unfamiliar: {
        ofPhotos: shareAbove(known),
        ...(hasOthers && { ofOthers: shareAbove(others), rocArea: round(rocArea(others, known)) }),
        ofEmpty: shareAbove(empty),
      },
    },
  };
}

/** All that is fitted on, in one matrix, what belongs to a fold side by side. */
function layOut({ photos, trainedOn, others, empty }: UnfamiliarityPhotos): {
  readonly rows: KnownRows;
  readonly always: RowRange;
  readonly ofFolds: readonly RowRange[];
} {
  const listed: (LabelledFeatures & { readonly weight: number })[] = [];
  const add = (kind: readonly LabelledFeatures[], weight: number) => {
    for (const one of kind) listed.push({ ...one, weight });
  };
  const strange = (kind: readonly Float32Array[]) => kind.map((features) => ({ features, label: noLabel }));
  add(trainedOn, weightOfTrainedOn);
  add(strange(empty), weightOfEmpty);
  const always = { from: 0, to: listed.length };
  const ofFolds = Array.from({ length: folds }, (_, fold) => {
    const from = listed.length;
    add(ofFold(photos, fold), weightOfHeldOut);
    add(strange(ofFold(others, fold)), weightOfOthers);
    return { from, to: listed.length };
  });
  const matrix = new FeatureMatrix(listed.length, listed[0]?.features.length ?? 0, 1);
  for (const [row, { features }] of listed.entries()) matrix.row(row).set(toUnitLength(features));
  const rows = { matrix, labels: listed.map(({ label }) => label), weights: listed.map(({ weight }) => weight) };
  return { rows, always, ofFolds };
}

function ofFold<Item>(items: readonly Item[], fold: number): Item[] {
  return items.filter((_item, index) => index % folds === fold);
}

/** To four decimals. */
function round(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}

import type { AnsweredPhoto, AnsweredPhotos } from './answer-photos.ts';

/** A photo that the two give different first labels. */
export interface OtherLabel {
  readonly path: string;
  readonly own: string;
  readonly reference: string;
  /** By how much the reference prefers its label to ours, as a share of the range of all scores. */
  readonly margin: number;
}

export interface AnswerComparison {
  readonly photos: number;
  /** Answered by one of the two alone. */
  readonly refusedByOne: readonly string[];
  readonly otherLabels: readonly OtherLabel[];
  readonly otherVerdicts: number;
  /** Of any score, as shares of the range of all scores: median over photos of the largest, and the largest of all. */
  readonly medianDifference: number;
  readonly largestDifference: number;
  readonly largestDifferenceIn: string;
}

/** Compares what two ways answered to the same photos. */
export function compareAnswers(own: AnsweredPhotos, reference: AnsweredPhotos): AnswerComparison {
  const pairs = own.photos.map((photo, at) => ({ photo, other: reference.photos[at] as AnsweredPhoto }));
  const answered = pairs.filter(({ photo, other }) => photo.code === undefined && other.code === undefined);
  const refusedByOne = pairs.filter(({ photo, other }) => (photo.code === undefined) !== (other.code === undefined));
  const scores = answered.flatMap(({ other }) => Object.values(other.scores));
  const range = Math.max(...scores) - Math.min(...scores);
  const differences = answered
    .map(({ photo, other }) => ({ path: photo.path, share: differenceOf(photo, other) / range }))
    .sort((a, b) => a.share - b.share);
  const marginOf = ({ scores, label }: AnsweredPhoto, preferred: string) =>
    ((scores[label] ?? Number.NaN) - (scores[preferred] ?? Number.NaN)) / range;
  return {
    photos: answered.length,
    refusedByOne: refusedByOne.map(({ photo, other }) => `${photo.path}: ${photo.code ?? other.code}`),
    otherLabels: answered
      .filter(({ photo, other }) => photo.label !== other.label)
      .map(({ photo, other }) => ({
        path: photo.path,
        own: photo.label,
        reference: other.label,
        margin: marginOf(other, photo.label),
      })),
    otherVerdicts: answered.filter(({ photo, other }) => photo.verdict !== other.verdict).length,
    medianDifference: differences[differences.length >> 1]?.share ?? 0,
    largestDifference: differences.at(-1)?.share ?? 0,
    largestDifferenceIn: differences.at(-1)?.path ?? '',
  };
}

function differenceOf({ scores }: AnsweredPhoto, other: AnsweredPhoto): number {
  return Math.max(...Object.entries(other.scores).map(([label, score]) => Math.abs(score - (scores[label] ?? 0))));
}

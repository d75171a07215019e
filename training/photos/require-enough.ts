import { TrainingError } from '../training-error.ts';

/** Below it a label can be learned, but not checked. */
export const fewestPhotosPerLabel = 5;
/** Until here nobody can say how good the model is. */
const fewToMeasure = 20;
/** A label with fewer than its share of the largest label is told. */
const lopsidedBelow = 1 / 8;

/**
 * Refuses labels that no model can be made of.
 * @param counts photos that can be read, by label
 * @throws TrainingError
 */
export function requireEnoughPhotos(counts: ReadonlyMap<string, number>, directory: string): void {
  const labels = [...counts.keys()];
  if (labels.length === 0) {
    throw new TrainingError(
      `There are no photos in class folders in ${directory}.`,
      'Make a folder for each label and put photos into it: photos/cat/1.jpg, photos/dog/2.jpg.',
    );
  }
  if (labels.length === 1) {
    throw new TrainingError(
      `There is one label alone, ${labels[0]}: nothing that it could be told apart from.`,
      'Add a second folder, such as "other" with photos of what else may be shown.',
    );
  }
  const few = [...counts].filter(([, count]) => count < fewestPhotosPerLabel);
  if (few.length === 0) return;
  const listed = few.map(([label, count]) => `${label} (${count === 0 ? 'none' : count})`).join(', ');
  throw new TrainingError(
    `${few.length === 1 ? 'A label has' : `${few.length} labels have`} fewer than ${fewestPhotosPerLabel} photos that can be read: ${listed}.`,
    `Add photos, or move ${few.length === 1 ? 'that folder' : 'those folders'} away: it takes ${fewestPhotosPerLabel} of a label to learn it and to check what was learned.`,
  );
}

/** What is to be said of sets that are small or lopsided: a sentence each. */
export function judgeSize(counts: ReadonlyMap<string, number>): string[] {
  const sizes = [...counts].sort(([, one], [, other]) => one - other);
  const all = sizes.reduce((sum, [, count]) => sum + count, 0);
  const [least = ['', 0], most = ['', 0]] = [sizes[0], sizes.at(-1)];
  const sentences: string[] = [];
  if (all < fewToMeasure) {
    sentences.push(
      `${all} photos are too few to say how often the model is right, so it promises nothing: every answer is "uncalibrated". ${fewToMeasure} photos are the least, 30 of each label a good beginning.`,
    );
  } else if (least[1] < fewestForLabel) {
    sentences.push(
      `With ${least[1]} photos of ${least[0]}, little can be known of it: its share of right answers may be far from what is measured. 30 of each label are a good beginning.`,
    );
  }
  if (least[1] < lopsidedBelow * most[1]) {
    sentences.push(
      `The labels are lopsided: ${most[1]} photos of ${most[0]}, ${least[1]} of ${least[0]}. In doubt the model says ${most[0]}; more photos of ${least[0]} help most.`,
    );
  }
  return sentences;
}

const fewestForLabel = 20;

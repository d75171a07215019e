import { relative } from 'node:path';
import type { Trained } from '../../training/train.ts';
import type { EvaluatedPhoto } from '../evaluation/evaluate-results.ts';
import { describeComparison, type TrainingComparison } from './compare-trainings.ts';
import type { TrainingSummary } from './summarise-training.ts';

const mostNamed = 5;
const barWidth = 24;
/** 80 photos of three labels catch four fifths of other things, 3,330 of ten nearly all. */
const enoughForUnfamiliar = 1000;

/** What a training found, in sentences for a terminal. `root` is the folder of the photos. */
export function describeTraining(
  trained: Trained,
  summary: TrainingSummary,
  root: string,
  comparison?: TrainingComparison | 'damaged',
): string[] {
  const { learned, cached, skipped } = trained;
  const { evaluation, remarks } = summary;
  const { accuracy } = evaluation;
  const remarked = [...describeAdvice(trained, summary), ...describeDoubts(trained, summary, root)];
  const read = learned.photos.length;
  return [
    `${count(read, 'photo')} of ${trained.labels.length} labels${cached > 0 ? `, ${cached} known from before` : ''}${skipped.length > 0 ? `; ${count(skipped.length, 'file')} left out` : ''}.`,
    ...skipped.slice(0, mostNamed).map(({ path, reason }) => `  ${relative(root, path)}: ${reason}`),
    ...more(skipped.length),
    '',
    `Right: ${percent(accuracy.share)} of photos that it had not seen (${accuracy.hits} of ${accuracy.photos}). Of other photos like these it would be between ${percent(accuracy.low)} and ${percent(accuracy.high)}.`,
    ...describeVerdicts(summary),
    ...describeOthers(trained),
    ...describeComparison(comparison),
    ...remarks,
    '',
    ...drawLabels(summary),
    ...(remarked.length > 0 ? ['', ...remarked] : []),
  ];
}

function describeVerdicts({ evaluation: { confident, uncalibrated, accuracy } }: TrainingSummary): string[] {
  if (uncalibrated > 0) return [];
  const { coverage, right } = confident;
  if (right.photos === 0) return [`Confident: none of the ${accuracy.photos} photos.`];
  return [`Confident: ${percent(coverage.share)} of them; of these ${percent(right.share)} are right.`];
}

function describeOthers({ calibration, learned: { photos } }: Trained): string[] {
  if (calibration === undefined || calibration.fitted?.others !== 0 || photos.length >= enoughForUnfamiliar) return [];
  return [
    `Without photos of other things, some will pass for one of these labels: ${photos.length} photos are few to tell them by. --others DIR shows it what else people may send.`,
  ];
}

function drawLabels({ evaluation: { labels } }: TrainingSummary): string[] {
  const width = Math.max(...labels.map(({ label }) => label.length));
  return labels.map(({ label, recall }) => {
    const bar = '█'.repeat(Math.round(recall.share * barWidth)).padEnd(barWidth, '░');
    return `  ${label.padEnd(width)}  ${bar}  ${recall.hits} of ${recall.photos} right`;
  });
}

function describeAdvice({ learned: { curve } }: Trained, { weakest, evaluation }: TrainingSummary): string[] {
  const sentences: string[] = [];
  if (weakest !== undefined) {
    sentences.push(
      `More photos of ${weakest.label} would help most: ${percent(weakest.share)} are right, and it is taken for ${weakest.takenFor}.`,
    );
  }
  const { twice } = curve;
  if (twice !== undefined && twice.accuracy - evaluation.accuracy.share >= 0.005) {
    sentences.push(
      `Twice as many photos would bring about ${percent(twice.accuracy)}, going by halves and quarters of these.`,
    );
  }
  return sentences;
}

function describeDoubts(
  { copies, contradictions }: Trained,
  { doubtful, alike }: TrainingSummary,
  root: string,
): string[] {
  const name = (path: string) => relative(root, path);
  const both = (photos: readonly { readonly path: string }[]) =>
    `  ${photos.map(({ path }) => name(path)).join(' = ')}`;
  const doubt = ({ photo, suggested }: { readonly photo: EvaluatedPhoto; readonly suggested: string }) =>
    `  ${name(photo.path)} looks like ${suggested}`;
  return [
    ...(doubtful.length > 0 ? [`${count(doubtful.length, 'label')} may be wrong, the most doubtful first:`] : []),
    ...doubtful.slice(0, mostNamed).map(doubt),
    ...more(doubtful.length),
    ...(contradictions.length > 0
      ? [`${count(contradictions.length, 'photo')} in folders of several labels, not learned from:`]
      : []),
    ...contradictions.slice(0, mostNamed).map(both),
    ...more(contradictions.length),
    ...(alike.length > 0 ? [`${count(alike.length, 'picture')} nearly the same under several labels:`] : []),
    ...alike.slice(0, mostNamed).map(both),
    ...more(alike.length),
    ...(copies.length > 0
      ? [`${count(copies.length, 'copy', 'copies')} of photos that were there already, not counted.`]
      : []),
  ];
}

function more(all: number): string[] {
  return all > mostNamed ? [`  … and ${all - mostNamed} more: the report has them`] : [];
}

function count(number: number, one: string, several = `${one}s`): string {
  return `${number} ${number === 1 ? one : several}`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

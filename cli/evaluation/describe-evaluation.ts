import { type Printable, styled } from '../terminal/styled-text.ts';
import type { Evaluation, Share } from './evaluate-results.ts';

const barWidth = 24;

/** An evaluation in sentences, with a bar for each label, for a terminal. */
export function describeEvaluation(evaluation: Evaluation, written: readonly string[]): Printable[] {
  const { accuracy, unfamiliar } = evaluation;
  return [
    [
      styled('bold', `Right: ${describeShare(accuracy)}.`),
      ` Of other photos like these it would be between ${percent(accuracy.low)} and ${percent(accuracy.high)}.`,
    ],
    ...describeVerdicts(evaluation),
    ...(unfamiliar ? [`Called unfamiliar: ${describeShare(unfamiliar.ofPhotos)}.`] : []),
    ...(unfamiliar?.ofOthers
      ? [`Of photos of other things, called unfamiliar: ${describeShare(unfamiliar.ofOthers)}.`]
      : []),
    ...remarkOnOneLabel(evaluation),
    '',
    ...drawLabels(evaluation),
    '',
    written.length > 0
      ? `Written: ${written.join(', ')}.`
      : 'Nothing was written: --out FOLDER writes a report with pictures, --card the card of the model.',
  ];
}

function describeVerdicts({ confident, uncalibrated, accuracy }: Evaluation): string[] {
  if (uncalibrated > 0) {
    return [
      'No verdicts: nobody has calibrated the model. "lambda-lens calibrate" makes its answers confident or unsure.',
    ];
  }
  const { coverage, right } = confident;
  if (right.photos === 0) return [`Confident: none of the ${accuracy.photos} photos.`];
  return [
    `Confident: ${describeShare(coverage)}; of these ${percent(right.share)} are right (${right.photos - right.hits} wrong).`,
  ];
}

/** What a wrong pixel scale looks like, most of the time. */
function remarkOnOneLabel({ labels, confusion, accuracy }: Evaluation): string[] {
  const said = confusion[0]?.map((_, column) => confusion.reduce((sum, row) => sum + (row[column] ?? 0), 0)) ?? [];
  const only = said.indexOf(accuracy.photos);
  const shown = labels.filter(({ recall }) => recall.photos > 0).length;
  if (only < 0 || shown < 2) return [];
  return [
    `It says "${labels[only]?.label}" of every photo. Most often its pixels are scaled wrongly: "lambda-lens import … --photos FOLDER" tries the common ways.`,
  ];
}

function drawLabels({ labels }: Evaluation): Printable[] {
  const width = Math.max(...labels.map(({ label }) => label.length));
  return labels.map(({ label, recall }) => {
    if (recall.photos === 0) return `  ${label.padEnd(width)}  no photos`;
    const bar = '█'.repeat(Math.round(recall.share * barWidth)).padEnd(barWidth, '░');
    return [`  ${label.padEnd(width)}  `, styled('cyan', bar), `  ${recall.hits} of ${recall.photos} right`];
  });
}

function describeShare({ hits, photos, share }: Share): string {
  return `${percent(share)} (${hits} of ${photos} photos)`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

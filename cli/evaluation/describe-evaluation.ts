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
    ...remarkOnOrder(evaluation),
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

/** Of two labels that are taken for one another a model may just know too little. */
const fewestOutOfOrder = 3;

/** What labels in another order than the training's look like: numbers, parity and verdicts are as good as ever. */
function remarkOnOrder({ labels, confusion }: Evaluation): string[] {
  const shown = labels.flatMap(({ recall }, row) => (recall.photos > 0 ? [row] : []));
  const takenFor = (row: number) => confusion[row]?.findIndex((count) => count > (labels[row]?.recall.photos ?? 0) / 2);
  const others = shown.flatMap((row) => {
    const column = takenFor(row) ?? -1;
    return column >= 0 && column !== row ? [{ row, column }] : [];
  });
  const [first] = others;
  const areDifferent = new Set(others.map(({ column }) => column)).size === others.length;
  if (first === undefined || others.length < fewestOutOfOrder || others.length < shown.length / 2 || !areDifferent) {
    return [];
  }
  return [
    `Photos of "${labels[first.row]?.label}" are mostly called "${labels[first.column]?.label}", and those of ${others.length - 1} more labels are each called one other too: probably the labels are in another order than the training had. "lambda-lens import … --labels FILE" takes them in the right one.`,
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

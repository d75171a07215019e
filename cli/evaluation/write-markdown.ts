import { isJsonObject } from '../../facts/json-object.ts';
import type { Card } from '../../model/card/card.ts';
import { describeFit, writeFitted, writeTraining } from './describe-fit.ts';
import type { Evaluation, Share } from './evaluate-results.ts';

/** What a report says beside the figures. */
export interface ReportFrame {
  readonly card: Card;
  /** Of all that answers depend on. */
  readonly version: string;
  /** What its owner writes of the model: goes first. */
  readonly about?: string;
  /** The folder of the pictures, as links from the report need it. */
  readonly pictures: string;
  readonly unreadable: readonly { readonly path: string; readonly reason: string }[];
}

/** The report of an evaluation: the model card of a model. */
export function writeMarkdown(evaluation: Evaluation, frame: ReportFrame): string {
  const { card, about, pictures } = frame;
  const sections = [
    about ?? `# ${card.name}`,
    writeSummary(evaluation, frame),
    writeLabels(evaluation, card, pictures),
    writeCalibration(evaluation, card, pictures),
    writeUnfamiliar(evaluation, card, pictures),
    writeWorst(evaluation),
    writeTraining(card),
    writeUnreadable(frame.unreadable),
  ];
  return `${sections
    .filter((section) => section !== undefined)
    .map((section) => section.trim())
    .join('\n\n')}\n`;
}

function writeSummary(
  { accuracy, confident, uncalibrated, calibration, unfamiliar }: Evaluation,
  { card, version }: ReportFrame,
): string {
  const leftOut = unfamiliar && readLeftOut(card);
  const rows = [
    ['photos', String(accuracy.photos)],
    ['right', describeShare(accuracy)],
    ...(uncalibrated > 0
      ? [['verdict', '`uncalibrated`: nobody has measured when it is to be believed']]
      : [
          ['marked `confident`', describeShare(confident.coverage)],
          ['right among the `confident`', describeShare(confident.right)],
        ]),
    ['expected calibration error', calibration.error.toFixed(4)],
    ...(unfamiliar ? [['marked `unfamiliar`', describeShare(unfamiliar.ofPhotos)]] : []),
    ...(leftOut ? [['the same, of photos left out of the fit', percent(leftOut.ofPhotos)]] : []),
    ...(unfamiliar?.ofOthers
      ? [['photos of other things marked `unfamiliar`', describeShare(unfamiliar.ofOthers)]]
      : []),
    ...(leftOut ? [['the same, of photos left out of the fit', percent(leftOut.ofOthers)]] : []),
  ];
  return [
    '## Measured',
    `Version \`${version}\`, through the same decoder, fit and verdicts as in the service. Brackets hold 95 % Wilson`,
    'intervals.\n',
    writeTable(['', ''], rows),
    ...(leftOut
      ? [
          '\nWhat is unfamiliar was fitted on photos too. Where they are those measured here, their figures flatter the model, and',
          'those of photos left out of the fit are the ones to trust.',
        ]
      : []),
  ].join('\n');
}

/** Shares of the photos left out of each fit that came out as unfamiliar; undefined where the card has none. */
function readLeftOut({ calibration }: Card): { readonly ofPhotos: number; readonly ofOthers: number } | undefined {
  const { crossFitted } = calibration?.fitted ?? {};
  const { unfamiliar } = isJsonObject(crossFitted) ? crossFitted : {};
  const { ofPhotos, ofOthers } = isJsonObject(unfamiliar) ? unfamiliar : {};
  return typeof ofPhotos === 'number' && typeof ofOthers === 'number' ? { ofPhotos, ofOthers } : undefined;
}

function writeLabels({ labels, confusion }: Evaluation, card: Card, pictures: string): string {
  const rows = labels.map(({ label, recall, precision }) => [label, describeShare(recall), describeShare(precision)]);
  const matrix = confusion.map((row, shown) => [
    `**${card.labels[shown]}**`,
    ...row.map((count) => String(count || '')),
  ]);
  return [
    '## Each label\n',
    writeTable(['label', 'of its photos, right', 'of its answers, right'], rows),
    `\n![Accuracy of each label with intervals](${pictures}/accuracy.svg)\n`,
    'Rows: what the photos show. Columns: what the model said.\n',
    writeTable(['', ...card.labels], matrix),
    `\n![Confusion matrix](${pictures}/confusion.svg)`,
  ].join('\n');
}

function writeCalibration({ calibration, coverage }: Evaluation, card: Card, pictures: string): string {
  const { calibration: fit } = card;
  const { mean, percentile95 } = calibration.errorIfPerfect;
  const rows = coverage.map((point) => [
    point.atLeast.toFixed(2),
    percent(point.coverage),
    point.coverage === 0 ? '' : percent(point.right),
  ]);
  const fitted = describeFit(card);
  return [
    '## Probabilities\n',
    fitted,
    `The expected calibration error (ten bins of equal mass) is ${calibration.error.toFixed(4)}; a perfectly calibrated model`,
    `shows ${mean.toFixed(4)} on average at this number of photos, and less than ${percentile95.toFixed(4)} in 95 of 100 draws.\n`,
    `![Reliability diagram](${pictures}/reliability.svg)\n`,
    writeTable(['probability at least', 'of the photos', 'right among them'], rows),
    `\n![Coverage against accuracy](${pictures}/coverage.svg)`,
    ...writeFitted(fit?.fitted),
  ].join('\n');
}

function writeUnfamiliar({ unfamiliar }: Evaluation, card: Card, pictures: string): string | undefined {
  if (unfamiliar === undefined) return undefined;
  const { ofPhotos, ofOthers, rocArea } = unfamiliar;
  return [
    '## Unfamiliar photos\n',
    `A photo whose score is above ${String(card.calibration?.unfamiliar?.above)} is \`unfamiliar\`: of these photos`,
    `${describeShare(ofPhotos)}.`,
    ...(ofOthers ? [`Of ${ofOthers.photos} photos of other things: ${describeShare(ofOthers)}.`] : []),
    ...(readLeftOut(card) ? ['"Measured" has the same of photos left out of the fit beside it.'] : []),
    ...(rocArea === undefined ? [] : [`The area under the ROC curve is ${rocArea.toFixed(4)}.`]),
    `\n![Histogram of the score](${pictures}/unfamiliar.svg)`,
  ].join('\n');
}

function writeWorst({ worst }: Evaluation): string | undefined {
  if (worst.length === 0) return undefined;
  const rows = worst.map((photo) => [
    `\`${photo.path}\``,
    photo.label ?? '',
    photo.predicted,
    photo.probability.toFixed(4),
    photo.verdict,
  ]);
  return `## Worst mistakes\n\n${writeTable(['photo', 'shows', 'said', 'probability', 'verdict'], rows)}`;
}

function writeUnreadable(unreadable: ReportFrame['unreadable']): string | undefined {
  if (unreadable.length === 0) return undefined;
  return `## Left out\n\n${unreadable.map(({ path, reason }) => `- \`${path}\`: ${reason}`).join('\n')}`;
}

function writeTable(heading: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(heading), line(heading.map(() => '---')), ...rows.map(line)].join('\n');
}

function describeShare({ hits, photos, share, low, high }: Share): string {
  if (photos === 0) return 'no photos';
  return `${percent(share)} (${hits} of ${photos}) [${percent(low)}, ${percent(high)}]`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

import type { Card } from '../../model/card/card.ts';
import { drawReliability, type ReliabilityPoint } from './draw-reliability.ts';
import { escapeHtml } from './escape-html.ts';
import type { Sheet } from './fill-frame.ts';
import { readMeasured } from './read-measured.ts';
import type { ModelTexts } from './read-model-texts.ts';
import { renderMarkdown } from './render-markdown.ts';

type Table = Readonly<Record<string, unknown>>;

const resizeWords = {
  stretch: 'stretched',
  letterbox: 'padded',
  'center-crop': 'cropped',
  'pillow-fit': 'cropped',
  border: 'padded or cropped',
};
const outputWords = {
  logits: 'one logit a label',
  softmax: 'one probability a label, which sum to 1',
  sigmoid: 'one probability for two labels',
  sigmoids: 'one probability a label, each by itself: several may hold',
};

/** The model card as a page: what is measured, how far probabilities mean what they say, limits, input, training. */
export function renderModel({ card, about }: ModelTexts, version: string): Sheet {
  const measured = asTable(asTable(card.metrics).evaluation);
  const points = readPoints(measured.reliability);
  const perLabel = Object.entries(asTable(measured.rightOfLabel)).filter(isCount);
  const parts: readonly (readonly [id: string, words: string, html: string])[] = [
    ['about', 'About', about === undefined ? '' : renderMarkdown(about)],
    ['measured', 'Measured', renderFigures(card)],
    ['calibration', 'Probabilities', points.length === 0 ? '' : renderCalibration(points, measured, card)],
    ['each', 'Each label', perLabel.length === 0 ? '' : renderShares(perLabel)],
    ['input', 'What goes in and out', renderInput(card)],
    ['labels', 'Labels', renderLabels(card.labels)],
    ['training', 'Training', card.trained === undefined ? '' : renderTraining(card.trained)],
  ];
  const shown = parts.filter(([, , html]) => html !== '');
  return {
    title: `${card.name}: the model`,
    path: 'model',
    contents: shown.map(([id, words]) => [id, words]),
    content: `<h1>The model “${escapeHtml(card.name)}”</h1><p class="soft">Version <code>${escapeHtml(version)}</code>, ${card.labels.length} labels. <a href="./">Try it</a>, or <a href="docs">call it</a>.</p>${shown
      .map(([id, words, html]) => `<section id="${id}">${id === 'about' ? '' : `<h2>${words}</h2>`}${html}</section>`)
      .join('')}`,
  };
}

function renderFigures(card: Card): string {
  const measured = readMeasured(card);
  if (measured === undefined)
    return '<p>Nobody has measured how often this model is right, or the figures are not in its card. Its owner can, with photos whose labels are known: <code>lambda-lens evaluate MODEL --photos FOLDER --card</code>.</p>';
  const { accuracy, photos, interval, by, confidentCoverage, confidentRight } = measured;
  const where = by === 'crossValidation' ? ', each left out of the training in turn' : '';
  const bounds = interval === undefined ? '' : `, 95 % interval ${interval.map(percent).join(' to ')}`;
  const tiles: readonly (readonly [words: string, value: unknown, note: string])[] = [
    ['right', accuracy, `of ${photos} photos${where}${bounds}`],
    ['marked confident', card.calibration === undefined ? undefined : confidentCoverage, 'of the photos'],
    ['right among these', confidentRight, 'of the confident answers'],
    ['photos of other things', readUnfamiliarOfOthers(card), 'come out as unfamiliar'],
  ];
  return `<dl class="figures">${tiles
    .filter(([, value]) => typeof value === 'number')
    .map(
      ([words, value, note]) =>
        `<div><dt>${words}</dt><dd>${percent(value as number)} <small>${note}</small></dd></div>`,
    )
    .join('')}</dl>`;
}

/** Of photos left out of the fit where that was measured: those that it was fitted on flatter it. */
function readUnfamiliarOfOthers({ calibration, metrics }: Card): unknown {
  const { unfamiliar } = asTable(asTable(calibration?.fitted).crossFitted);
  return asTable(unfamiliar).ofOthers ?? asTable(asTable(metrics).evaluation).unfamiliarOfOthers;
}

function renderCalibration(points: readonly ReliabilityPoint[], measured: Table, { calibration }: Card): string {
  const rows = points.map(
    ({ said, right, photos }) => `<tr><td>${percent(said)}</td><td>${percent(right)}</td><td>${photos}</td></tr>`,
  );
  const error =
    typeof measured.calibrationError === 'number'
      ? ` They are off by ${percent(measured.calibrationError)} on average.`
      : '';
  const words =
    calibration === undefined
      ? 'Nobody has calibrated this model: its probabilities are its own.'
      : 'Probabilities are calibrated: where the curve lies on the dashed line, 80 % means that 80 of 100 are right.';
  return `<p>${words}${error}</p><figure class="panel">${drawReliability(points)}<details><summary>The same as a table</summary><div class="wide"><table><thead><tr><th scope="col">probability, on average</th><th scope="col">right</th><th scope="col">photos</th></tr></thead><tbody>${rows.join('')}</tbody></table></div></details></figure>`;
}

function renderShares(perLabel: readonly (readonly [string, readonly [number, number]])[]): string {
  const rows = perLabel.map(
    ([label, [hits, photos]]) =>
      `<div><div class="text"><span dir="auto">${escapeHtml(label)}</span><span>${hits} of ${photos}</span></div><meter min="0" max="${photos}" value="${hits}" aria-label="${escapeHtml(label)}: right">${hits} of ${photos}</meter></div>`,
  );
  return `<p>How many photos of each label came out right.</p><div class="shares panel">${rows.join('')}</div>`;
}

function renderInput({ input, output }: Card): string {
  const { width, height, fit, channels, resize } = input;
  return `<p>A photo is ${resizeWords[fit]} to ${width} × ${height} pixels (${escapeHtml(resize)}, ${channels}). The model answers with ${outputWords[output]}.</p>`;
}

function renderLabels(labels: readonly string[]): string {
  const items = labels.map((label) => `<li dir="auto">${escapeHtml(label)}</li>`);
  return `<div class="panel"><ul class="labels" tabindex="0" role="list" aria-label="Labels">${items.join('')}</ul></div>`;
}

function renderTraining(trained: Table): string {
  return `<details class="panel"><summary>How it was trained, as its card says</summary>${renderValue(trained)}</details>`;
}

function renderValue(value: unknown): string {
  if (Array.isArray(value)) return `<ul>${value.map((item) => `<li>${renderValue(item)}</li>`).join('')}</ul>`;
  if (typeof value !== 'object' || value === null) return escapeHtml(String(value));
  return `<ul>${Object.entries(value)
    .map(([key, inner]) => `<li><span class="soft">${escapeHtml(key)}:</span> ${renderValue(inner)}</li>`)
    .join('')}</ul>`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

function asTable(value: unknown): Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Table) : {};
}

function isCount(entry: [string, unknown]): entry is [string, [number, number]] {
  const [, counts] = entry;
  return Array.isArray(counts) && counts.length === 2 && counts.every((count) => typeof count === 'number');
}

function readPoints(value: unknown): readonly ReliabilityPoint[] {
  const points = Array.isArray(value) ? value.map(asTable) : [];
  const isPoint = (point: Table) => [point.said, point.right, point.photos].every((part) => typeof part === 'number');
  return points.every(isPoint) ? (points as unknown as ReliabilityPoint[]) : [];
}

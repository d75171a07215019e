import { relative } from 'node:path';
import { assets } from '../../function/bundling/assets.ts';
import { shrinkToThumbnail } from '../../training/findings/draw-thumbnail.ts';
import { type Cell, ThumbnailSheet } from '../../training/findings/thumbnail-sheet.ts';
import type { Trained } from '../../training/train.ts';
import type { EvaluatedPhoto } from '../evaluation/evaluate-results.ts';
import type { TrainingComparison } from './compare-trainings.ts';
import { describeTraining } from './describe-training.ts';
import { drawCurve } from './draw-curve.ts';
import { escapeHtml, tag } from './html.ts';
import { reportStyle } from './report-style.ts';
import type { TrainingSummary } from './summarise-training.ts';

const mostDoubtful = 40;
const mostAlike = 20;
const mostInRow = 12;
const mostSkipped = 200;

/** A page with everything in it: figures, confusion, contact sheets. `root` is the folder of the photos. */
export async function writeReport(
  name: string,
  trained: Trained,
  summary: TrainingSummary,
  root: string,
  comparison?: TrainingComparison | 'damaged',
): Promise<string> {
  const sheet = new ContactSheet(root);
  const { learned, contradictions, labels, skipped } = trained;
  const words = describeTraining(trained, summary, root, comparison).map((line) =>
    line.replace(/: the report has them$/, ' below'),
  );
  const sections = [
    tag('pre', escapeHtml(words.join('\n'))),
    section(
      'What is taken for what',
      'Rows: the label that a photo bears. Columns: what the model says.',
      confusionTable(labels, summary),
    ),
    section(
      'What more photos would bring',
      'How often heads are right that were fitted on a part of the photos, for photos that they had not seen.',
      drawCurve(learned.curve),
    ),
    section(
      'Labels that may be wrong',
      'Heads that had not seen these photos take them for something else, as surely as they take others for what they are.',
      await sheet.rows(
        summary.doubtful
          .slice(0, mostDoubtful)
          .map(({ photo, suggested }) => [{ photo, text: `${photo.label} → ${suggested}?` }]),
        'side',
      ),
    ),
    section(
      'Mistakes',
      'The surest ones first, each beside the three photos that it is most like.',
      await sheet.rows(
        summary.mistakes.map(({ photo, nearest }) => [
          { photo, text: `${photo.label}, taken for ${photo.predicted} (${percent(photo.probability)})` },
          ...nearest.map((one) => ({ photo: one.photo, text: `${one.photo.label}` })),
        ]),
        'row',
      ),
    ),
    section(
      'The same picture under several labels',
      'Files that are the same byte for byte are not learned from; pictures nearly the same are.',
      await sheet.rows(
        [
          ...contradictions.map((same) =>
            same.map(({ path, label }) => ({ photo: { path }, text: labels[label] as string })),
          ),
          ...summary.alike.map((same) => same.map((photo) => ({ photo, text: photo.label ?? '' }))),
        ].slice(0, mostAlike),
        'row',
      ),
    ),
    section('Left out', '', skippedList(skipped, root)),
  ];
  return [
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">',
    tag('title', escapeHtml(`${name}: what was learned`)),
    tag('style', `${reportStyle}${sheet.style}`),
    '</head><body><main>',
    tag('h1', escapeHtml(name)),
    ...sections,
    '</main></body></html>\n',
  ].join('\n');
}

/** Nothing where there is nothing to show. */
function section(title: string, explanation: string, content: string): string {
  if (content === '') return '';
  const words = explanation === '' ? '' : tag('p', escapeHtml(explanation));
  return tag('section', `${tag('h2', escapeHtml(title))}${words}${content}`);
}

function confusionTable(labels: readonly string[], { evaluation: { confusion } }: TrainingSummary): string {
  const heading = tag('tr', `<td></td>${labels.map((label) => tag('th', escapeHtml(label), 'scope="col"')).join('')}`);
  const rows = confusion.map((row, shown) => {
    const all = row.reduce((sum, one) => sum + one, 0);
    const cells = row.map((count, said) => {
      const share = count / Math.max(1, all);
      const colour = said === shown ? '46, 125, 50' : '198, 40, 40';
      return tag(
        'td',
        count === 0 ? '' : String(count),
        `style="background: rgba(${colour}, ${(0.6 * share).toFixed(2)})"`,
      );
    });
    return tag('tr', `${tag('th', escapeHtml(labels[shown] as string), 'scope="row"')}${cells.join('')}`);
  });
  return tag('div', tag('table', [heading, ...rows].join('\n')), 'class="wide"');
}

function skippedList(skipped: Trained['skipped'], root: string): string {
  if (skipped.length === 0) return '';
  const items = skipped
    .slice(0, mostSkipped)
    .map(({ path, reason }) => tag('li', escapeHtml(`${relative(root, path)}: ${reason}`)));
  if (skipped.length > mostSkipped) items.push(tag('li', `… and ${skipped.length - mostSkipped} more`));
  return tag('ul', items.join('\n'));
}

interface Shown {
  readonly photo: Pick<EvaluatedPhoto, 'path'>;
  readonly text: string;
}

/** Draws each photo once. */
class ContactSheet {
  readonly #root: string;
  readonly #drawn = new Map<string, Promise<Cell>>();
  readonly #thumbnails = new ThumbnailSheet();

  constructor(root: string) {
    this.#root = root;
  }

  /** What shows the pictures of all figures so far. */
  get style(): string {
    const encoded = this.#thumbnails.encode();
    if (encoded === undefined) return '';
    return `.photo { background-image: url(data:image/jpeg;base64,${Buffer.from(encoded).toString('base64')}); }\n`;
  }

  async rows(rows: readonly (readonly Shown[])[], arrangement: 'row' | 'side'): Promise<string> {
    const drawn: string[] = [];
    for (const photos of rows) {
      const figures: string[] = [];
      for (const shown of photos.slice(0, mostInRow)) figures.push(await this.#figure(shown));
      drawn.push(tag('div', figures.join(''), `class="${arrangement}"`));
    }
    return drawn.length === 0 ? '' : tag('div', drawn.join('\n'), 'class="sheet"');
  }

  async #figure({ photo: { path }, text }: Shown): Promise<string> {
    const drawn = this.#drawn.get(path) ?? this.#draw(path);
    this.#drawn.set(path, drawn);
    const { left, top, width, height } = await drawn;
    const name = escapeHtml(relative(this.#root, path));
    const place = `width: ${width}px; height: ${height}px; background-position: ${-left}px ${-top}px`;
    const picture = `<div class="photo" role="img" aria-label="${name}" style="${place}"></div>`;
    const caption = tag('figcaption', `${escapeHtml(text)}<br><small>${name}</small>`);
    return tag('figure', `${tag('div', picture, 'class="frame"')}${caption}`);
  }

  async #draw(path: string): Promise<Cell> {
    return this.#thumbnails.add(await shrinkToThumbnail(path, assets.webpWasmFile));
  }
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

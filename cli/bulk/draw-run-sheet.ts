import type { ResultRecord } from '../../facts/batch-records.ts';
import { showName } from '../terminal/show-controls.ts';
import { escapeHtml, tag } from '../train/html.ts';
import type { ExampleChooser } from './choose-examples.ts';
import type { RunRecord } from './run-record.ts';
import type { RunTotals } from './run-totals.ts';

const style = `
:root { color-scheme: light dark; }
body { font: 16px/1.4 system-ui, sans-serif; margin: 1rem auto; max-width: 90rem; padding: 0 1rem; }
ul { display: grid; grid-template-columns: repeat(auto-fill, minmax(9rem, 1fr)); gap: 0.75rem; list-style: none; padding: 0; }
li { border: 1px solid #8886; border-radius: 0.5rem; padding: 0.5rem; overflow-wrap: anywhere; }
img { display: block; width: 112px; height: 112px; object-fit: contain; }
table { border-collapse: collapse; margin-bottom: 1rem; } td, th { padding: 0.1rem 0.75rem 0.1rem 0; text-align: left; }
small { display: block; }
`;

/**
 * A page of what a run came to: its counts, and photos of each label, of those it was least sure of, and what failed. One file that
 * asks nothing of the web.
 * @param thumbnailOf a data URL; undefined where the photo is not to be had
 */
export async function drawRunSheet(
  run: RunRecord,
  totals: RunTotals,
  chooser: ExampleChooser,
  thumbnailOf: (record: ResultRecord) => Promise<string | undefined>,
): Promise<string> {
  const sections: string[] = [];
  for (const { title, records } of chooser.sections) {
    const cards: string[] = [];
    // One after the other: a photo takes tens of milliseconds.
    for (const record of records) cards.push(drawCard(record, await thumbnailOf(record)));
    sections.push(`${tag('h2', text(title))}\n${tag('ul', cards.join('\n'))}`);
  }
  const title = `${totals.photos.toLocaleString('en-US')} photos of ${run.source}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<title>${text(title)}</title>
<style>${style}</style>
</head>
<body>
<h1>${text(title)}</h1>
${drawCounts('label', totals.labels)}
${drawCounts('verdict', totals.verdicts)}
${drawCounts('error', totals.codes)}
${sections.join('\n')}
</body>
</html>
`;
}

function drawCounts(heading: string, counts: Readonly<Record<string, number | undefined>>): string {
  const entries = Object.entries(counts);
  if (entries.length === 0) return '';
  const rows = entries.map(([name, photos = 0]) =>
    tag('tr', tag('td', text(name)) + tag('td', photos.toLocaleString('en-US'))),
  );
  return tag('table', tag('tr', tag('th', heading) + tag('th', 'photos')) + rows.join(''));
}

function drawCard(record: ResultRecord, thumbnail: string | undefined): string {
  const picture = thumbnail === undefined ? '' : `<img src="${escapeHtml(thumbnail)}" alt="">`;
  const words =
    'error' in record
      ? [tag('strong', text(record.error.code)), tag('small', text(record.error.message))]
      : [
          tag('strong', text(record.label)),
          tag('small', `${(record.probability * 100).toFixed(1)} %, ${record.verdict}`),
        ];
  return tag('li', [picture, ...words, tag('small', text(record.key))].join(''));
}

function text(words: string): string {
  return escapeHtml(showName(words));
}

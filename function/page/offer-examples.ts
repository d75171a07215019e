import { type Example, listExamples } from '../examples/list-examples.ts';
import { escapeHtml } from './escape-html.ts';

const place = '<ul id="examples"></ul>';

/** The page with a button for each photo of a directory; where there is none, the page as it is. */
export function offerExamples(html: string, directory: string): string {
  const items = listExamples(directory).map(drawExample);
  // A function, since "$" has a meaning in a replacement string.
  return html.replace(place, () => `<ul id="examples">${items.join('')}</ul>`);
}

/** Without a small picture the photo itself stands there, fetched when it comes into view. */
function drawExample({ name, thumbnail }: Example): string {
  const address = `examples/${name}`;
  const shown = escapeHtml(name.slice(0, name.lastIndexOf('.')).replaceAll('_', ' '));
  const source = thumbnail === undefined ? address : `data:image/webp;base64,${thumbnail}`;
  return `<li><button type="button" data-address="${address}" aria-label="Try ${shown}" title="${shown}"><img src="${source}" alt="" width="64" height="64" loading="lazy"></button></li>`;
}

import { escapeHtml } from './escape-html.ts';

/** What a page of this service says of itself. */
export interface Sheet {
  readonly title: string;
  /** Where it lies, as the frame's links name it. */
  readonly path: 'docs' | 'model';
  /** The parts of the page: id and words of each. */
  readonly contents: readonly (readonly [id: string, words: string])[];
  /** HTML. */
  readonly content: string;
}

/** Where no pages were made beforehand, a page without a look of its own. */
export const plainFrame =
  '<!doctype html><html lang="en"><head><meta charset="utf-8"><title></title></head><body><nav id="contents" aria-label="On this page"></nav><main id="content" tabindex="-1"></main></body></html>';

/** A page: the frame that all pages share, filled. */
export function fillFrame(frame: string, { title, path, contents, content }: Sheet): string {
  const links = contents.map(([id, words]) => `<li><a href="#${escapeHtml(id)}">${escapeHtml(words)}</a></li>`);
  // Functions as replacements, since "$" has a meaning in a replacement string.
  return frame
    .replace(`<a href="${path}">`, `<a href="${path}" aria-current="page">`)
    .replace('<title></title>', () => `<title>${escapeHtml(title)}</title>`)
    .replace(/(<nav id="contents"[^>]*>)(<\/nav>)/, (_, open, close) => `${open}<ul>${links.join('')}</ul>${close}`)
    .replace(/(<main id="content"[^>]*>)(<\/main>)/, (_, open, close) => `${open}${content}${close}`);
}

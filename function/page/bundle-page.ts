import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** The colours of the browser's own parts, the icon, the logo. */
const shared = new URL('./client/shared/', import.meta.url);

export interface PageSources {
  /** Has an empty `<script>`, and the comments `head` and `mark` where what all pages share goes. */
  readonly html: URL;
  readonly script: URL;
  readonly style: URL;
}

/** A page as one HTML file: script and style bundled, minified and put inside. The same sources give the same bytes. */
export async function bundlePage(sources: PageSources): Promise<string> {
  const [html, head, mark, script, style] = await Promise.all([
    readFile(sources.html, 'utf8'),
    readFile(new URL('head.html', shared), 'utf8'),
    readFile(new URL('mark.html', shared), 'utf8'),
    bundle(sources.script),
    bundle(sources.style),
  ]);
  // Functions as replacements, since "$" in the bundled text has a meaning in a replacement string.
  return html
    .replace('<!-- head -->', () => head)
    .replace('<!-- mark -->', () => mark)
    .replace(/>\s+</g, '> <')
    .replace('<style></style>', () => `<style>${style}</style>`)
    .replace('<script></script>', () => `<script>${script}</script>`);
}

async function bundle(source: URL): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(source)],
    bundle: true,
    write: false,
    minify: true,
    format: 'iife',
    target: ['chrome123', 'firefox120', 'safari17.5'],
    charset: 'utf8',
  });
  const text = outputFiles[0]?.text.trim() ?? '';
  if (/<\/(script|style)/i.test(text))
    throw new Error(`${source.pathname} holds a closing tag, which would end it early in HTML.`);
  return text;
}

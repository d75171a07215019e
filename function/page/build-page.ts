import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { PageName } from './page-name.ts';

const client = new URL('./client/', import.meta.url);
const sources: Readonly<Record<PageName, { readonly script: string; readonly style: string }>> = {
  index: { script: 'main.ts', style: 'style.css' },
  frame: { script: 'frame.ts', style: 'frame.css' },
};

/**
 * A page as one HTML file: the client's script and style bundled, minified and put inside. The same sources give the same
 * bytes.
 */
export async function buildPage(name: PageName): Promise<string> {
  const [html, script, style] = await Promise.all([
    readFile(new URL(`${name}.html`, client), 'utf8'),
    bundle(sources[name].script),
    bundle(sources[name].style),
  ]);
  // Functions as replacements, since "$" in the bundled text has a meaning in a replacement string.
  return html
    .replace(/>\s+</g, '> <')
    .replace('<style></style>', () => `<style>${style}</style>`)
    .replace('<script></script>', () => `<script>${script}</script>`);
}

async function bundle(name: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(name, client))],
    bundle: true,
    write: false,
    minify: true,
    format: 'iife',
    target: ['chrome123', 'firefox120', 'safari17.5'],
    charset: 'utf8',
  });
  const text = outputFiles[0]?.text.trim() ?? '';
  if (/<\/(script|style)/i.test(text))
    throw new Error(`${name} holds a closing tag, which would end it early in HTML.`);
  return text;
}

import { bundlePage } from './bundle-page.ts';
import type { PageName } from './page-name.ts';

const client = new URL('./client/', import.meta.url);
const sources: Readonly<Record<PageName, { readonly script: string; readonly style: string }>> = {
  index: { script: 'main.ts', style: 'style.css' },
  frame: { script: 'frame.ts', style: 'frame.css' },
};

/** A page of the service as one HTML file, from its sources. */
export function buildPage(name: PageName): Promise<string> {
  const { script, style } = sources[name];
  return bundlePage({
    html: new URL(`${name}.html`, client),
    script: new URL(script, client),
    style: new URL(style, client),
  });
}

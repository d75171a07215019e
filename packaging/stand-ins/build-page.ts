import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PageName } from '../../function/page/page-name.ts';
import { assets } from './assets.ts';

/** Stands for function/page/build-page.ts in the package, where the pages were built beforehand. */
export function buildPage(name: PageName): Promise<string> {
  return readFile(join(assets.pagesDirectory, `${name}.html`), 'utf8');
}

import { readFile } from 'node:fs/promises';
import { assets } from './assets.ts';

/** Stands for function/page/build-page.ts in the package, where the page was built beforehand. */
export function buildPage(): Promise<string> {
  return readFile(assets.pageFile, 'utf8');
}

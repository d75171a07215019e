import { readFile } from 'node:fs/promises';

/** Stands for cli/review/build-review-page.ts in the package, where the page was built beforehand. */
export function buildReviewPage(): Promise<string> {
  return readFile(new URL('./review.html', import.meta.url), 'utf8');
}

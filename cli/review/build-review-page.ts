import { bundlePage } from '../../function/page/bundle-page.ts';

const client = new URL('./client/', import.meta.url);

/** The page of `lambda-lens review` as one HTML file, from its sources. */
export function buildReviewPage(): Promise<string> {
  return bundlePage({
    html: new URL('review.html', client),
    script: new URL('review.ts', client),
    style: new URL('review.css', client),
  });
}

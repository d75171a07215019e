import { prefersJson } from '../http/prefers-json.ts';
import type { Route } from '../http/router.ts';
import { htmlResponse } from '../page/html-response.ts';
import { loadOnce } from '../prediction/load-once.ts';

export interface PageParts {
  /** The page as one HTML file, read at the first request. */
  readonly readPage: () => Promise<string>;
  /** Where the photos lie that the page offers; it may be missing. */
  readonly examplesDirectory: string;
}

/** `GET /`: the page for people; a program that asks for JSON gets the description of the service instead. */
export function createPageRoute({ readPage, examplesDirectory }: PageParts, description: Route): Route {
  const page = loadOnce(async () => {
    const { offerExamples } = await import('../page/offer-examples.ts');
    const response = htmlResponse(offerExamples(await readPage(), examplesDirectory));
    return { ...response, headers: { ...response.headers, vary: 'accept' } };
  });
  return {
    method: 'GET',
    path: '/',
    async answer(request, context) {
      if (!prefersJson(request.headers.get('accept'))) return page();
      const described = await description.answer(request, context);
      return { ...described, headers: { ...described.headers, vary: 'accept' } };
    },
  };
}

import { prefersJson } from '../http/prefers-json.ts';
import type { Route } from '../http/router.ts';
import { htmlResponse } from '../page/html-response.ts';
import type { PageSurroundings } from '../page/prepare-page.ts';
import { loadOnce } from '../prediction/load-once.ts';

export interface PageParts extends PageSurroundings {
  /** The page as one HTML file, read at the first request. */
  readonly readPage: () => Promise<string>;
}

/** `GET /`: the page for people; a program that asks for JSON gets the description of the service instead. */
export function createPageRoute({ readPage, ...parts }: PageParts, description: Route): Route {
  const page = loadOnce(async () => {
    const { preparePage } = await import('../page/prepare-page.ts');
    const { html, folder } = preparePage(await readPage(), parts);
    const response = htmlResponse(html, folder);
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

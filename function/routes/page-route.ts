import { prefersJson } from '../http/prefers-json.ts';
import type { Route } from '../http/router.ts';
import { htmlResponse } from '../page/html-response.ts';
import { loadOnce } from '../prediction/load-once.ts';

/**
 * `GET /`: the page for people; a program that asks for JSON gets the description of the service instead.
 * @param readPage the page as one HTML file, read at the first request
 */
export function createPageRoute(readPage: () => Promise<string>, description: Route): Route {
  const page = loadOnce(async () => {
    const response = htmlResponse(await readPage());
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

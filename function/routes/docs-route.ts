import type { Route } from '../http/router.ts';
import type { ApiFacts } from '../openapi/describe-api.ts';
import { htmlResponse } from '../page/html-response.ts';
import { loadOnce } from '../prediction/load-once.ts';

/** `GET /docs`: the description of the service for people. Rendered at its first request, and loaded no sooner. */
export function createDocsRoute(facts: ApiFacts, readFrame: () => Promise<string>, examplesDirectory: string): Route {
  const page = loadOnce(async () => {
    const { describeApi } = await import('../openapi/describe-api.ts');
    const { fillFrame } = await import('../page/fill-frame.ts');
    const { renderDocs } = await import('../page/render-docs.ts');
    const { listExamples } = await import('../examples/list-examples.ts');
    const [example] = listExamples(examplesDirectory).toReversed();
    return htmlResponse(fillFrame(await readFrame(), renderDocs(describeApi(facts), example?.name)));
  });
  return { method: 'GET', path: '/docs', hasRelativeLinks: true, answer: page };
}

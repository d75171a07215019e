import type { Route } from '../http/router.ts';
import { once } from '../once.ts';
import { type ApiFacts, describeApi } from '../openapi/describe-api.ts';
import { contentSecurityPolicy } from '../page/content-security-policy.ts';

/** `GET /docs`: the description of the service for people. Rendered at its first request, and loaded no sooner. */
export function createDocsRoute(facts: ApiFacts): Route {
  const page = once(async () => {
    const { renderDocs } = await import('../page/render-docs.ts');
    const html = renderDocs(describeApi(facts));
    return {
      status: 200,
      headers: {
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'no-cache',
        'content-security-policy': contentSecurityPolicy(html),
      },
      body: html,
    };
  });
  return { method: 'GET', path: '/docs', answer: page };
}

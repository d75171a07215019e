import type { HttpResponse } from '../http/http-message.ts';
import { contentSecurityPolicy } from './content-security-policy.ts';

/**
 * A page of this service, under the policy that lets nothing but its own script and style run.
 * @param folder where it may send photos besides
 */
export function htmlResponse(html: string, folder?: URL): HttpResponse {
  return {
    status: 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-cache',
      'content-security-policy': contentSecurityPolicy(html, folder),
    },
    body: html,
  };
}

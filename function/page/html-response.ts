import type { HttpResponse } from '../http/http-message.ts';
import { contentSecurityPolicy } from './content-security-policy.ts';

/** A page of this service, under the policy that lets nothing but its own script and style run. */
export function htmlResponse(html: string): HttpResponse {
  return {
    status: 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-cache',
      'content-security-policy': contentSecurityPolicy(html),
    },
    body: html,
  };
}

import { type CorsOrigins, corsHeaders } from './cors.ts';
import type { HttpResponse } from './http-message.ts';

export interface Completion {
  readonly corsOrigins: CorsOrigins;
  /** The page that asks, as its browser says. */
  readonly origin: string | undefined;
  readonly requestId: string;
}

/** An answer is what its content type says, is shown in no frame and tells no one where its reader came from. */
const securityHeaders = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
};

/** Adds what every answer carries, whatever it says; a header of the answer itself goes before a general one. */
export function completeResponse(response: HttpResponse, completion: Completion): HttpResponse {
  const cors = corsHeaders(completion.corsOrigins, completion.origin);
  const vary = [response.headers.vary, cors.vary].filter((value) => value !== undefined).join(', ');
  return {
    ...response,
    headers: {
      ...securityHeaders,
      'x-request-id': completion.requestId,
      ...response.headers,
      ...cors,
      ...(vary === '' ? {} : { vary }),
    },
  };
}

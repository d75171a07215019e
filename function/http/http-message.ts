import type { ServiceError } from '../invocation/service-error.ts';

/** A request as every HTTP door hands it on, whatever event it came in. */
export interface HttpRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  /** Names in lower case; several values of one name joined by commas. */
  readonly headers: ReadonlyMap<string, string>;
  /** What the gateway in front calls this request, where it says so. */
  readonly gatewayRequestId?: string | undefined;
  /** Read only where a route wants it. Throws a ServiceError `bad_request` where a gateway's base64 is broken. */
  readBody(): Uint8Array;
}

export interface HttpResponse {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Bytes where it is no text, such as a picture. */
  readonly body: string | Uint8Array;
}

export function jsonResponse(status: number, value: unknown): HttpResponse {
  return {
    status,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
    body: JSON.stringify(value),
  };
}

export function errorResponse(error: ServiceError): HttpResponse {
  const response = jsonResponse(error.status, error.toBody());
  return { ...response, headers: { ...response.headers, ...error.headers } };
}

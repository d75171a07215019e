import { isJsonObject, type JsonObject } from '../../facts/json-object.ts';
import type { HttpRequest, HttpResponse } from '../http/http-message.ts';
import { decodeBase64 } from '../source/decode-base64.ts';

/** One version of the payload in which AWS hands a request over, and takes the answer. */
export interface PayloadFormat {
  accepts(event: unknown): boolean;
  toRequest(event: unknown): HttpRequest;
  /** @param event that the response answers */
  toResult(response: HttpResponse, event: unknown): unknown;
}

export function fieldsOf(value: unknown): JsonObject {
  return isJsonObject(value) ? value : {};
}

export function textOf(value: unknown, fallback = ''): string {
  return typeof value === 'string' ? value : fallback;
}

/** Names in lower case: some gateways keep the caller's spelling. */
export function readHeaders(single: unknown, multiple?: unknown): ReadonlyMap<string, string> {
  const headers = new Map<string, string>();
  for (const [name, value] of Object.entries(fieldsOf(single))) {
    if (typeof value === 'string') headers.set(name.toLowerCase(), value);
  }
  for (const [name, values] of Object.entries(fieldsOf(multiple))) {
    if (Array.isArray(values)) headers.set(name.toLowerCase(), values.join(', '));
  }
  return headers;
}

/** As the gateway's own log has it. */
export function readRequestId(event: JsonObject): string | undefined {
  const { requestId } = fieldsOf(event.requestContext);
  return typeof requestId === 'string' && requestId !== '' ? requestId : undefined;
}

/**
 * The body's bytes. A body handed over as text is UTF-8, whatever it was before: a photo in it is past saving. This process's
 * own server hands over bytes.
 */
export function readBody(event: JsonObject): Uint8Array {
  if (event.body instanceof Uint8Array) return event.body;
  const body = textOf(event.body);
  return event.isBase64Encoded === true ? decodeBase64(body) : Buffer.from(body, 'utf8');
}

export function toResult({ status, headers, body }: HttpResponse): unknown {
  return { statusCode: status, headers, ...toResultBody(body) };
}

/** Text as it is; bytes as base64, which every gateway turns back (a REST API where its binary types say so). */
export function toResultBody(body: HttpResponse['body']): { readonly body: string; readonly isBase64Encoded: boolean } {
  if (typeof body === 'string') return { body, isBase64Encoded: false };
  return { body: Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('base64'), isBase64Encoded: true };
}

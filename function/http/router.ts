import type { RequestContext } from '../invocation/request-context.ts';
import { ServiceError, toServiceError } from '../invocation/service-error.ts';
import { completeResponse } from './complete-response.ts';
import { type CorsOrigins, preflightHeaders } from './cors.ts';
import { errorResponse, type HttpRequest, type HttpResponse } from './http-message.ts';

export interface Route {
  readonly method: 'GET' | 'POST';
  /** `/x`, or `/x/{name}` for everything one level below it. */
  readonly path: string;
  /** Whether its answer is a page whose links are relative, so that a slash at the end would break them. */
  readonly hasRelativeLinks?: true;
  answer(request: HttpRequest, context: RequestContext): Promise<HttpResponse>;
}

export type Router = (request: HttpRequest, context: RequestContext) => Promise<HttpResponse>;

/** Finds the route for a request; never rejects: what goes wrong becomes an answer of the error family. */
export function createRouter(routes: readonly Route[], corsOrigins: CorsOrigins): Router {
  return async (request, context) => {
    const there = findRoutes(routes, request.path);
    // A path that is none of these is whatever a stranger wrote: it may hold a secret, and it may be long.
    context.record.note({ path: there[0]?.path ?? 'unknown' });
    const response = await answerOrError(routes, there, request, context);
    const origin = request.headers.get('origin');
    const complete = completeResponse(response, { corsOrigins, origin, requestId: context.requestId });
    return request.method === 'HEAD' ? { ...complete, body: '' } : complete;
  };
}

async function answerOrError(
  routes: readonly Route[],
  there: readonly Route[],
  request: HttpRequest,
  context: RequestContext,
): Promise<HttpResponse> {
  const { method, headers } = request;
  const methods = methodsOf(there);
  // A preflight must be answered on any path: the error that follows is readable to the page only then.
  if (method === 'OPTIONS') return preflight(methods, headers.get('access-control-request-headers'));
  try {
    const wanted = method === 'HEAD' ? 'GET' : method;
    const route = there.find((candidate) => candidate.method === wanted);
    if (route !== undefined) return await route.answer(request, context);
    throw there.length === 0 ? notFound(routes) : methodNotAllowed(method, methods, routes);
  } catch (thrown) {
    const error = toServiceError(thrown);
    context.record.fail(error);
    return errorResponse(error);
  }
}

/**
 * The routes at a path. An address that ends in a slash put before `/predict` gives `//predict`, and some clients write a
 * slash at the end: both mean the same.
 */
function findRoutes(routes: readonly Route[], given: string): readonly Route[] {
  const path = given.replace(/\/{2,}/g, '/');
  const exact = routes.filter((route) => route.path === path || isBelow(route.path, path));
  if (exact.length > 0 || !path.endsWith('/')) return exact;
  return routes.filter((route) => `${route.path}/` === path && !route.hasRelativeLinks);
}

function isBelow(pattern: string, path: string): boolean {
  if (!pattern.endsWith('/{name}')) return false;
  const parent = pattern.slice(0, pattern.lastIndexOf('/') + 1);
  return path.startsWith(parent) && path.length > parent.length && !path.includes('/', parent.length);
}

function methodsOf(routes: readonly Route[]): readonly string[] {
  if (routes.length === 0) return [];
  return [...routes.flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method])), 'OPTIONS'];
}

function preflight(methods: readonly string[], wantedHeaders: string | undefined): HttpResponse {
  const allowed = methods.length === 0 ? ['GET', 'HEAD', 'POST', 'OPTIONS'] : methods;
  return {
    status: 204,
    headers: { allow: allowed.join(', '), ...preflightHeaders(allowed, wantedHeaders) },
    body: '',
  };
}

function notFound(routes: readonly Route[]): ServiceError {
  const list = routes.map(({ method, path }) => `${method} ${path}`).join(', ');
  return new ServiceError('not_found', 'There is nothing at this path.', `The routes are: ${list}.`);
}

function methodNotAllowed(method: string, methods: readonly string[], routes: readonly Route[]): ServiceError {
  const elsewhere = routes.filter((route) => route.method === method).map(({ path }) => path);
  const use = `Use ${methods.join(', ')}`;
  return new ServiceError(
    'method_not_allowed',
    `The method ${JSON.stringify(method.slice(0, 20))} is not for this path.`,
    elsewhere.length === 0 ? `${use}.` : `${use} here; ${method} is for ${elsewhere.join(', ')}.`,
    { headers: { allow: methods.join(', ') } },
  );
}

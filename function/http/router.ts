import type { RequestContext } from '../invocation/request-context.ts';
import { ServiceError, toServiceError } from '../invocation/service-error.ts';
import { completeResponse } from './complete-response.ts';
import { type CorsOrigins, preflightHeaders } from './cors.ts';
import { errorResponse, type HttpRequest, type HttpResponse } from './http-message.ts';

export interface Route {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  answer(request: HttpRequest, context: RequestContext): Promise<HttpResponse>;
}

export type Router = (request: HttpRequest, context: RequestContext) => Promise<HttpResponse>;

/** Finds the route for a request; never rejects: what goes wrong becomes an answer of the error family. */
export function createRouter(routes: readonly Route[], corsOrigins: CorsOrigins): Router {
  return async (request, context) => {
    const methods = methodsAt(routes, request.path);
    const response = await answerOrError(routes, methods, request, context);
    const origin = request.headers.get('origin');
    const complete = completeResponse(response, { corsOrigins, origin, requestId: context.requestId });
    return request.method === 'HEAD' ? { ...complete, body: '' } : complete;
  };
}

async function answerOrError(
  routes: readonly Route[],
  methods: readonly string[],
  request: HttpRequest,
  context: RequestContext,
): Promise<HttpResponse> {
  const { method, path } = request;
  // A preflight must be answered on any path: the error that follows is readable to the page only then.
  if (method === 'OPTIONS') return preflight(methods);
  try {
    const wanted = method === 'HEAD' ? 'GET' : method;
    const route = routes.find((candidate) => candidate.path === path && candidate.method === wanted);
    if (route !== undefined) return await route.answer(request, context);
    throw methods.length === 0 ? notFound(routes) : methodNotAllowed(method, path, methods);
  } catch (thrown) {
    const error = toServiceError(thrown);
    context.record.fail(error);
    return errorResponse(error);
  }
}

function methodsAt(routes: readonly Route[], path: string): readonly string[] {
  const methods = routes.filter((route) => route.path === path).map((route) => route.method);
  if (methods.length === 0) return [];
  return [...methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])), 'OPTIONS'];
}

function preflight(methods: readonly string[]): HttpResponse {
  const allowed = methods.length === 0 ? ['GET', 'HEAD', 'POST', 'OPTIONS'] : methods;
  return {
    status: 204,
    headers: { allow: allowed.join(', '), ...preflightHeaders(allowed) },
    body: '',
  };
}

function notFound(routes: readonly Route[]): ServiceError {
  const list = routes.map(({ method, path }) => `${method} ${path}`).join(', ');
  return new ServiceError('not_found', 'There is nothing at this path.', `The routes are: ${list}.`);
}

function methodNotAllowed(method: string, path: string, methods: readonly string[]): ServiceError {
  return new ServiceError(
    'method_not_allowed',
    `The method ${method.slice(0, 20)} is not for ${path}.`,
    `Use ${methods.join(', ')}.`,
    { headers: { allow: methods.join(', ') } },
  );
}

/** What a test says of a request; a body of bytes travels as base64, one of text as it is. */
export interface RequestParts {
  readonly method?: string;
  readonly path?: string;
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | string;
}

function bodyFields(body: Uint8Array | string | undefined): { body?: string; isBase64Encoded: boolean } {
  if (body === undefined) return { isBase64Encoded: false };
  if (typeof body === 'string') return { body, isBase64Encoded: false };
  return { body: Buffer.from(body).toString('base64'), isBase64Encoded: true };
}

/** As a function URL or an HTTP API hands a request over: payload format 2.0. */
export function payload2Event(parts: RequestParts = {}, stage = '$default'): Record<string, unknown> {
  const { method = 'GET', path = '/', query = '', headers = {} } = parts;
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: path,
    rawQueryString: query,
    headers,
    requestContext: {
      accountId: '123456789012',
      apiId: 'api',
      domainName: 'api.execute-api.eu-west-1.amazonaws.com',
      http: { method, path, protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'test' },
      requestId: 'id',
      stage,
      time: '23/Nov/2026:12:00:00 +0000',
      timeEpoch: 1_795_435_200_000,
    },
    ...bodyFields(parts.body),
  };
}

/** As a REST API with a greedy proxy resource hands a request over: payload format 1.0. */
export function payload1Event(parts: RequestParts = {}, basePath = ''): Record<string, unknown> {
  const { method = 'GET', path = '/', query = '', headers = {} } = parts;
  const search = new URLSearchParams(query);
  const names = [...new Set(search.keys())];
  return {
    resource: path === '/' ? '/' : '/{proxy+}',
    path: basePath + path,
    httpMethod: method,
    headers,
    multiValueHeaders: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
    queryStringParameters:
      names.length === 0 ? null : Object.fromEntries(names.map((name) => [name, search.getAll(name).at(-1)])),
    multiValueQueryStringParameters:
      names.length === 0 ? null : Object.fromEntries(names.map((name) => [name, search.getAll(name)])),
    pathParameters: path === '/' ? null : { proxy: path.slice(1) },
    requestContext: { stage: 'prod', path: `/prod${path}`, httpMethod: method, requestId: 'id' },
    ...bodyFields(parts.body),
  };
}

/**
 * As an Application Load Balancer hands a request over, its query undecoded.
 * @param multiple whether its target group has multi-value headers on
 */
export function loadBalancerEvent(parts: RequestParts = {}, multiple = false): Record<string, unknown> {
  const { method = 'GET', path = '/', query = '', headers = {} } = parts;
  const pairs = query === '' ? [] : query.split('&').map((pair) => pair.split('=') as [name: string, value: string]);
  const lists = (entries: readonly (readonly [string, string])[]) =>
    Object.fromEntries(
      entries.map(([name]) => [name, entries.filter(([other]) => other === name).map(([, value]) => value)]),
    );
  return {
    requestContext: { elb: { targetGroupArn: 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/t/1' } },
    httpMethod: method,
    path,
    ...(multiple
      ? { multiValueQueryStringParameters: lists(pairs), multiValueHeaders: lists(Object.entries(headers)) }
      : { queryStringParameters: Object.fromEntries(pairs), headers }),
    body: '',
    ...bodyFields(parts.body),
  };
}

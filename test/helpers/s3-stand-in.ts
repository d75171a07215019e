import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** What the stand-in answers instead of doing what was asked: S3's status and code. */
export interface S3Fault {
  readonly status: number;
  readonly code: string;
}

export interface S3StandInOptions {
  /** How long each answer takes, in milliseconds. */
  readonly delayInMilliseconds?: number;
  /** Asked before each request. */
  readonly fault?: (method: string, path: string) => S3Fault | undefined;
}

export interface S3StandIn {
  readonly url: string;
  /** Of a process that reads and writes here. */
  readonly environment: Readonly<Record<string, string>>;
  /** By `bucket/key`. */
  readonly objects: Map<string, Uint8Array>;
  /** Method and path of each request, in order. */
  readonly requests: string[];
  readonly connections: () => number;
  /** As a server that has had enough of connections without a request. */
  readonly dropConnections: () => void;
  readonly close: () => Promise<void>;
}

/** As much of S3 on 127.0.0.1 as a test of this project asks of it, in memory; it looks at no signature. */
export async function startS3StandIn({ delayInMilliseconds = 0, fault }: S3StandInOptions = {}): Promise<S3StandIn> {
  const objects = new Map<string, Uint8Array>();
  const requests: string[] = [];
  let connections = 0;

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const { method = '', url = '' } = request;
    const { pathname, searchParams } = new URL(url, 'http://localhost');
    const path = decodeURIComponent(pathname.slice(1));
    requests.push(`${method} ${path}`);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    if (delayInMilliseconds > 0) await sleep(delayInMilliseconds);
    const stated = fault?.(method, path);
    if (stated !== undefined) return fail(response, stated);
    if (method === 'PUT') {
      objects.set(path, Buffer.concat(chunks));
      return response.setHeader('etag', `"${etagOf(Buffer.concat(chunks))}"`).end();
    }
    if (searchParams.has('list-type')) return response.end(list(objects, path.replace(/\/$/, ''), searchParams));
    const bytes = objects.get(path);
    if (bytes === undefined) return fail(response, { status: 404, code: 'NoSuchKey' });
    const wanted = request.headers['if-match'];
    if (wanted !== undefined && wanted !== `"${etagOf(bytes)}"`) {
      return fail(response, { status: 412, code: 'PreconditionFailed' });
    }
    return response.writeHead(200, { etag: `"${etagOf(bytes)}"`, 'content-length': bytes.length }).end(bytes);
  };

  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  server.on('connection', () => connections++);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    environment: {
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'AKIATEST',
      AWS_SECRET_ACCESS_KEY: 'of a test',
      AWS_ENDPOINT_URL_S3: url,
    },
    objects,
    requests,
    connections: () => connections,
    dropConnections: () => server.closeAllConnections(),
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** As S3 makes that of an object written in one part, without quotation marks. */
export function etagOf(bytes: Uint8Array): string {
  return createHash('md5').update(bytes).digest('hex');
}

const objectsInPage = 3;

/** Pages are short, so that few objects show whether the next is asked for. */
function list(objects: ReadonlyMap<string, Uint8Array>, bucket: string, parameters: URLSearchParams): string {
  const beginning = `${bucket}/${parameters.get('prefix') ?? ''}`;
  const from = Number(parameters.get('continuation-token') ?? 0);
  const found = [...objects]
    .filter(([path]) => path.startsWith(beginning))
    .sort(([one], [other]) => (one < other ? -1 : 1));
  const entries = found.slice(from, from + objectsInPage).map(([path, bytes]) => {
    const key = encodeURIComponent(path.slice(bucket.length + 1)).replaceAll('%20', '+');
    return `<Contents><Key>${key}</Key><ETag>&quot;${etagOf(bytes)}&quot;</ETag><Size>${bytes.length}</Size></Contents>`;
  });
  const next = from + objectsInPage;
  const more = next < found.length ? `<NextContinuationToken>${next}</NextContinuationToken>` : '';
  return `<ListBucketResult><IsTruncated>${more !== ''}</IsTruncated>${entries.join('')}${more}</ListBucketResult>`;
}

function fail(response: ServerResponse, { status, code }: S3Fault): void {
  response.writeHead(status).end(`<Error><Code>${code}</Code></Error>`);
}

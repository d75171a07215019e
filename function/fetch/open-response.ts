import type { Agent as HttpAgent, IncomingMessage } from 'node:http';
import https from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { nodeHttp } from '../http/node-http.ts';
import { hostnameOf, portOf } from './allowed-hosts.ts';

export interface OpenOptions {
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  /** GET unless given. */
  readonly method?: string;
  readonly body?: Uint8Array;
  /** Keeps connections for several requests to a server that is trusted; without it this request has one to itself. */
  readonly agent?: HttpAgent;
  /** The only addresses to connect to; without them the machine's resolver is asked. */
  readonly addresses?: readonly string[];
}

/** Ample for any photo server: status line, all header fields, and each informational response. */
export const maximumHeaderSizeInBytes = 16_384;

/**
 * Sends one request and gives the response once its header is there; the body is still to be read, or destroyed.
 * Redirects are not followed, and no proxy of the environment is used.
 *
 * @throws whatever Node's client does, always an Error with a `code`
 */
export function openResponse(
  url: URL,
  { headers, signal, method = 'GET', body, agent, addresses }: OpenOptions,
): Promise<IncomingMessage> {
  const { request, Agent } = url.protocol === 'https:' ? https : nodeHttp();
  const hostname = hostnameOf(url);
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  // A fresh agent has no idle sockets and no TLS sessions, and unlike the global one never a proxy.
  const client = request({
    agent: agent ?? new Agent({ keepAlive: false }),
    method,
    hostname,
    port: portOf(url),
    path: `${url.pathname}${url.search}`,
    headers: { ...headers, 'accept-encoding': 'identity', ...(body && { 'content-length': body.length }) },
    ...(addresses === undefined ? {} : { lookup: pinTo(addresses) }),
    maxHeaderSize: maximumHeaderSizeInBytes,
    // Stated, so that no environment variable (NODE_TLS_REJECT_UNAUTHORIZED) or option of the process can loosen them.
    insecureHTTPParser: false,
    rejectUnauthorized: true,
    signal,
  });
  client.on('response', resolve);
  client.on('error', reject);
  // A switch of protocols that nobody asked for ends without an error.
  client.on('close', () => reject(Object.assign(new Error('closed without a response'), { code: 'ECONNRESET' })));
  client.end(body);
  return promise;
}

/** Answers with addresses that were checked already, so that no second DNS answer can slip in before the connection. */
function pinTo(addresses: readonly string[]): LookupFunction {
  const answers = addresses.map((address) => ({ address, family: isIP(address) }));
  return (_hostname, options, callback) => {
    const [first] = answers;
    if (options.all || first === undefined) callback(null, answers);
    else callback(null, first.address, first.family);
  };
}

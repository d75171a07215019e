import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** What the registry asks of who asks. */
export type Access = 'open' | 'basic' | 'bearer';

/** Answers instead of the registry where it returns true. */
export type Interference = (request: IncomingMessage, response: ServerResponse) => boolean;

export const user = { username: 'owner', password: 'owner-password' };
const basic = `Basic ${Buffer.from(`${user.username}:${user.password}`).toString('base64')}`;

/** A registry in memory, as far as the distribution API needs one: manifests, blobs, uploads, tokens. */
export class RegistryServer {
  readonly blobs = new Map<string, Buffer>();
  readonly manifests = new Map<string, { readonly type: string; readonly bytes: Buffer }>();
  /** Method and path of each request, without the tokens'. */
  readonly asked: string[] = [];
  interfere: Interference = () => false;
  readonly #access: Access;
  readonly #server = createServer((request, response) => void this.#answer(request, response));

  constructor(access: Access = 'open') {
    this.#access = access;
  }

  async listen(): Promise<this> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return this;
  }

  get host(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  keep(bytes: Uint8Array): { readonly digest: string; readonly size: number } {
    const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
    this.blobs.set(digest, Buffer.from(bytes));
    return { digest, size: bytes.length };
  }

  keepManifest(name: string, type: string, value: object): { readonly digest: string; readonly size: number } {
    const bytes = Buffer.from(JSON.stringify(value));
    const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
    for (const each of [name, digest]) this.manifests.set(each, { type, bytes });
    return { digest, size: bytes.length };
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', `http://${this.host}`);
    const end = (status: number, headers: Record<string, string> = {}, body: Uint8Array | string = '') => {
      response.writeHead(status, headers).end(body);
    };
    if (pathname === '/token') {
      const isOwner = request.headers.authorization === basic;
      const token = JSON.stringify({ token: `for ${searchParams.get('scope')}` });
      return isOwner ? end(200, {}, token) : end(401);
    }
    this.asked.push(`${request.method} ${pathname}`);
    const body = await buffer(request);
    if (this.interfere(request, response)) return;
    const challenge = this.#challengeFor(request);
    if (challenge !== undefined) return end(401, { 'www-authenticate': challenge });

    const [, kind = '', name = ''] = /^\/v2\/shop\/(?:lens|node)\/(manifests|blobs)\/(.+)$/.exec(pathname) ?? [];
    if (kind === 'manifests' && request.method === 'PUT') {
      const { digest } = this.keep(body);
      for (const each of [name, digest]) {
        this.manifests.set(each, { type: request.headers['content-type'] ?? '', bytes: body });
      }
      return end(201, { 'docker-content-digest': digest });
    }
    if (kind === 'manifests') {
      const found = this.manifests.get(name);
      if (found !== undefined) return end(200, { 'content-type': found.type }, found.bytes);
      return end(404, {}, JSON.stringify({ errors: [{ code: 'MANIFEST_UNKNOWN', message: 'manifest unknown' }] }));
    }
    if (kind === 'blobs' && name === 'uploads/') return end(202, { location: '/v2/shop/lens/blobs/uploads/1?state=a' });
    if (kind === 'blobs' && request.method === 'PUT') {
      const { digest } = this.keep(body);
      return end(digest === searchParams.get('digest') ? 201 : 400);
    }
    const blob = this.blobs.get(name);
    return blob === undefined
      ? end(404)
      : end(200, { 'content-length': String(blob.length) }, request.method === 'HEAD' ? '' : blob);
  }

  #challengeFor({ headers, method }: IncomingMessage): string | undefined {
    const scope = `repository:shop/lens:${method === 'GET' ? 'pull' : 'pull,push'}`;
    if (this.#access === 'basic' && headers.authorization !== basic) return 'Basic realm="registry"';
    if (this.#access === 'bearer' && !headers.authorization?.startsWith('Bearer for repository:shop/')) {
      return `Bearer realm="http://${this.host}/token",service="registry",scope="${scope}"`;
    }
    return undefined;
  }
}

import { createHash } from 'node:crypto';
import { isLoopbackAuthority } from '../../function/http/loopback.ts';
import { CliError } from '../cli-error.ts';
import { readAtMost } from '../read-at-most.ts';
import { fetchFromRegistry } from './fetch-from-registry.ts';
import { apiOf, type ImageReference } from './image-reference.ts';
import type { RegistryCredentials } from './registry-credentials.ts';
import { maximumManifestSizeInBytes, readJson } from './registry-json.ts';
import { answerChallenge, parseChallenge } from './registry-token.ts';

/** Docker's own types, which every registry and Lambda know; of what is fetched, OCI's too. */
export const mediaTypes = {
  manifest: 'application/vnd.docker.distribution.manifest.v2+json',
  config: 'application/vnd.docker.container.image.v1+json',
  layer: 'application/vnd.docker.image.rootfs.diff.tar.gzip',
  index: 'application/vnd.docker.distribution.manifest.list.v2+json',
  ociManifest: 'application/vnd.oci.image.manifest.v1+json',
  ociIndex: 'application/vnd.oci.image.index.v1+json',
} as const;

const accepted = [mediaTypes.index, mediaTypes.ociIndex, mediaTypes.manifest, mediaTypes.ociManifest].join(', ');
const timeoutInMilliseconds = 600_000;

export interface Request {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
}

/**
 * One repository of a registry, by the distribution API (https://github.com/opencontainers/distribution-spec). What is
 * fetched is compared with its digest. Everything rejects with a CliError where the registry refuses or answers badly.
 */
export class RegistryClient {
  readonly #api: URL;
  readonly #reference: ImageReference;
  readonly #credentials: RegistryCredentials | undefined;
  #authorization: string | undefined;

  constructor(reference: ImageReference, credentials: RegistryCredentials | undefined) {
    this.#reference = reference;
    this.#credentials = credentials;
    this.#api = new URL(`${reference.repository}/`, apiOf(reference));
  }

  /** @param name a tag or a digest */
  async getManifest(name: string): Promise<{ readonly bytes: Uint8Array; readonly type: string }> {
    const what = `the manifest ${name}`;
    const response = await this.#send(`manifests/${name}`, { headers: { accept: accepted } });
    if (response.status !== 200) throw await this.#refused(response, what);
    const bytes = await readAtMost(response, maximumManifestSizeInBytes, this.#registry);
    if (name.startsWith('sha256:')) this.#requireDigest(bytes, name, what);
    return { bytes, type: response.headers.get('content-type')?.split(';')[0]?.trim() ?? '' };
  }

  /** @param sizeInBytes as the manifest says it */
  async getBlob(digest: string, sizeInBytes: number): Promise<Uint8Array> {
    const what = `the layer ${digest}`;
    const response = await this.#send(`blobs/${digest}`);
    if (response.status !== 200) throw await this.#refused(response, what);
    const bytes = await readAtMost(response, sizeInBytes, this.#registry);
    this.#requireDigest(bytes, digest, what);
    return bytes;
  }

  /** @returns false where the registry has it already */
  async putBlob(bytes: Uint8Array, digest: string): Promise<boolean> {
    const found = await this.#send(`blobs/${digest}`, { method: 'HEAD' });
    if (found.status === 200) return false;
    if (found.status !== 404) throw await this.#refused(found, `the layer ${digest}`);
    const begun = await this.#send('blobs/uploads/', { method: 'POST', body: new Uint8Array(0) });
    const location = begun.headers.get('location');
    if (begun.status !== 202 || location === null) throw await this.#refused(begun, 'an upload');
    const target = URL.parse(location, begun.url);
    if (target === null) throw this.#badAnswer(`sends the upload to ${JSON.stringify(location.slice(0, 200))}`);
    target.searchParams.set('digest', digest);
    const headers = { 'content-type': 'application/octet-stream' };
    const stored = await this.#send(target, { method: 'PUT', headers, body: bytes });
    if (stored.status !== 201) throw await this.#refused(stored, `the layer ${digest}`);
    return true;
  }

  /** @param name a tag or a digest */
  async putManifest(name: string, bytes: Uint8Array, type: string): Promise<void> {
    const what = `the manifest ${name}`;
    const response = await this.#send(`manifests/${name}`, {
      method: 'PUT',
      headers: { 'content-type': type },
      body: bytes,
    });
    if (response.status !== 201) throw await this.#refused(response, what);
    const [told, own] = [response.headers.get('docker-content-digest'), digestOf(bytes)];
    if (told !== null && told !== own) throw this.#badAnswer(`has stored ${told} where ${own} was sent`);
  }

  get #registry(): string {
    return `the registry ${this.#reference.registry}`;
  }

  /** Asks, and once more with what the registry wants to know of who asks. */
  async #send(path: string | URL, request: Request = {}): Promise<Response> {
    const url = new URL(path, this.#api);
    if (url.protocol !== 'https:' && !isLoopbackAuthority(url.host)) {
      throw this.#badAnswer(`leads to ${url.origin}, which is no https address`);
    }
    const first = await this.#fetch(url, request);
    if (first.status !== 401 || url.host !== this.#api.host) return first;
    const challenge = parseChallenge(first.headers.get('www-authenticate'));
    await first.body?.cancel();
    this.#authorization = await answerChallenge(challenge, this.#reference.registry, this.#credentials);
    return this.#fetch(url, request);
  }

  async #fetch(url: URL, { method = 'GET', headers = {}, body }: Request): Promise<Response> {
    // Only where it was asked for: an upload may lead to another host's storage.
    const isHome = url.host === this.#api.host;
    const authorization = isHome && this.#authorization !== undefined ? { authorization: this.#authorization } : {};
    const response = await fetchFromRegistry(url, {
      method,
      headers: { ...headers, ...authorization },
      signal: AbortSignal.timeout(timeoutInMilliseconds),
      ...(body !== undefined && { body: body as Uint8Array<ArrayBuffer> }),
    });
    if (url.protocol === 'https:' && !response.url.startsWith('https:')) {
      throw this.#badAnswer('leads from https to http');
    }
    return response;
  }

  #requireDigest(bytes: Uint8Array, digest: string, what: string): void {
    const own = digestOf(bytes);
    if (own !== digest) throw this.#badAnswer(`gives for ${what} content of the digest ${own} (${bytes.length} bytes)`);
  }

  #badAnswer(doing: string): CliError {
    return new CliError(
      `${capital(this.#registry)} ${doing}.`,
      'Try again; if it fails again, something between here and the registry changes what it sends.',
    );
  }

  async #refused(response: Response, what: string): Promise<CliError> {
    const told = await readErrors(response);
    const { registry, repository } = this.#reference;
    const why = told === '' ? '' : ` (${told})`;
    const message = `${capital(this.#registry)} answered ${response.status} for ${what} of ${repository}${why}.`;
    if (response.status === 401 || response.status === 403) {
      return new CliError(message, 'Check that this user may push and pull there: --username and the password.');
    }
    if (response.status === 404) {
      return new CliError(message, `Check the name; some registries want a repository made first, as Amazon ECR does.`);
    }
    return new CliError(message, `Try again, or ask whoever runs ${registry}.`);
  }
}

export function digestOf(bytes: Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

/** `code: message` of each error, as the specification has them; nothing where the answer is none of that form. */
async function readErrors(response: Response): Promise<string> {
  try {
    const { errors } = await readJson(response, 'the registry');
    if (!Array.isArray(errors)) return '';
    const texts = errors.slice(0, 3).map((error) => [error?.code, error?.message].filter(Boolean).join(': '));
    return texts.join('; ').slice(0, 300);
  } catch (error) {
    if (error instanceof CliError) return '';
    throw error;
  }
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

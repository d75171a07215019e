import { isLoopbackAuthority } from '../../function/http/loopback.ts';
import { CliError } from '../cli-error.ts';

/** An image in a registry; a digest, where there is one, goes before the tag. */
export interface ImageReference {
  /** The authority of the registry's API: host, or host:port. */
  readonly registry: string;
  readonly repository: string;
  readonly tag: string | undefined;
  /** `sha256:…` */
  readonly digest: string | undefined;
}

// The grammar of github.com/distribution/reference: a first component with a dot, a port or of this machine is a registry.
const component = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*';
const pattern = new RegExp(
  '^(?<registry>localhost(?::\\d{1,5})?|\\[[\\da-f:]+\\](?::\\d{1,5})?|[a-z0-9.-]+:\\d{1,5}|[a-z0-9-]+(?:\\.[a-z0-9-]+)+)/' +
    `(?<repository>${component}(?:/${component})*)(?::(?<tag>\\w[\\w.-]{0,127}))?(?:@(?<digest>sha256:[0-9a-f]{64}))?$`,
);

/** Whose API is at another host than the one in the names of its images. */
const apiHosts: Readonly<Record<string, string>> = { 'docker.io': 'registry-1.docker.io' };

/** @throws CliError for what does not name a registry and a repository */
export function parseImageReference(text: string): ImageReference {
  const parts = pattern.exec(text)?.groups;
  if (parts === undefined) {
    throw new CliError(
      `${JSON.stringify(text.slice(0, 200))} names no repository of a registry.`,
      'Write REGISTRY/REPOSITORY:TAG in small letters, as in registry.example.com/shop/lambda-lens:1.',
    );
  }
  const { registry = '', repository = '', tag, digest } = parts;
  return { registry: apiHosts[registry] ?? registry, repository, tag, digest };
}

/** Where the registry's API is; without TLS on this machine alone. */
export function apiOf({ registry }: Pick<ImageReference, 'registry'>): URL {
  return new URL(`${isLoopbackAuthority(registry) ? 'http' : 'https'}://${registry}/v2/`);
}

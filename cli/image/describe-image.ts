import { gzipSync } from 'node:zlib';
import packageJson from '../../package.json' with { type: 'json' };
import type { ImageArchitecture } from './base-image.ts';
import type { ImageFile } from './layered-files.ts';
import { digestOf, mediaTypes } from './registry-client.ts';
import { writeTar } from './tar-archive.ts';

/** Bytes as a registry keeps them, by their digest. */
export interface Blob {
  readonly digest: string;
  readonly bytes: Uint8Array;
  readonly mediaType: string;
}

/** One layer, and the digest that it has unpacked. */
export interface Layer extends Blob {
  readonly diffId: string;
}

/** The same files give the same digest. */
export function makeLayer(files: ReadonlyMap<string, ImageFile>): Layer {
  const archive = writeTar(files);
  return { ...toBlob(gzipSync(archive), mediaTypes.layer), diffId: digestOf(archive) };
}

/** The image as Lambda takes it: one manifest for one platform, no index. What it says of itself is what the Dockerfile says. */
export function describeImage(
  layers: readonly Layer[],
  architecture: ImageArchitecture,
): { readonly config: Blob; readonly manifest: Blob } {
  const config = toJson(mediaTypes.config, {
    architecture,
    os: 'linux',
    created: '2000-01-01T00:00:00Z',
    config: {
      Env: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'],
      Entrypoint: ['/usr/local/bin/node', '/function/index.mjs'],
      WorkingDir: '/',
      ExposedPorts: { '8080/tcp': {} },
      Labels: {
        'org.opencontainers.image.title': packageJson.name,
        'org.opencontainers.image.description': 'An image classifier behind an HTTPS endpoint',
        'org.opencontainers.image.licenses': packageJson.license,
        'org.opencontainers.image.version': packageJson.version,
      },
    },
    rootfs: { type: 'layers', diff_ids: layers.map(({ diffId }) => diffId) },
    history: layers.map(() => ({ created: '2000-01-01T00:00:00Z', created_by: 'lambda-lens image push' })),
  });
  const manifest = toJson(mediaTypes.manifest, {
    schemaVersion: 2,
    mediaType: mediaTypes.manifest,
    config: describe(config),
    layers: layers.map(describe),
  });
  return { config, manifest };
}

function describe({ mediaType, digest, bytes }: Blob) {
  return { mediaType, size: bytes.length, digest };
}

function toJson(mediaType: string, value: object): Blob {
  return toBlob(Buffer.from(JSON.stringify(value)), mediaType);
}

function toBlob(bytes: Uint8Array, mediaType: string): Blob {
  return { bytes, digest: digestOf(bytes), mediaType };
}

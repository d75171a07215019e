import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CliError } from '../cli-error.ts';
import { type ImageArchitecture, readBaseImage } from './base-image.ts';
import { describeImage, makeLayer } from './describe-image.ts';
import type { ImageReference } from './image-reference.ts';
import type { ImageFile } from './layered-files.ts';
import { takeNode } from './node-files.ts';
import { RegistryClient } from './registry-client.ts';
import type { RegistryCredentials } from './registry-credentials.ts';

export interface PushOptions {
  readonly target: ImageReference;
  readonly credentials: RegistryCredentials | undefined;
  /** The image of Node.js to take program and libraries from. */
  readonly base: ImageReference;
  readonly architecture: ImageArchitecture;
  /** The bundle, as it is staged for a build. */
  readonly bundleDirectory: string;
  /** Called for each layer, with its compressed size in bytes; the image's description is none. */
  readonly onLayer: (what: string, sizeInBytes: number, isNew: boolean) => void;
}

/**
 * Puts the image into a registry as the Dockerfile would make it, without an engine: Node.js and its libraries from the base,
 * the bundle over them. Rejects with a CliError.
 * @returns the digest of its manifest
 */
export async function pushImage(options: PushOptions): Promise<string> {
  const { target, credentials, base, architecture, bundleDirectory, onLayer } = options;
  const registry = new RegistryClient(target, credentials);
  // The same registry asks the same; another is told nothing.
  const baseRegistry = new RegistryClient(base, base.registry === target.registry ? credentials : undefined);
  const put = async (what: string, { bytes, digest }: { readonly bytes: Uint8Array; readonly digest: string }) =>
    onLayer(what, bytes.length, await registry.putBlob(bytes, digest));
  // First what is at hand: a registry that refuses says so before another is asked for anything.
  const bundle = makeLayer(await readBundle(bundleDirectory));
  await put('the function with its model', bundle);
  const files = await readBaseImage(baseRegistry, base, architecture).catch((cause: unknown) => {
    if (!(cause instanceof CliError) || base.registry === target.registry) throw cause;
    // Who names one registry does not expect another to be asked.
    const hint = `${cause.hint} Node.js is taken from an image of ${base.registry}; --base names another.`;
    throw new CliError(cause.message, hint, { cause });
  });
  const node = makeLayer(takeNode(files));
  await put('Node.js and its libraries', node);
  const { config, manifest } = describeImage([node, bundle], architecture);
  await registry.putBlob(config.bytes, config.digest);
  await registry.putManifest(target.tag ?? manifest.digest, manifest.bytes, manifest.mediaType);
  return manifest.digest;
}

async function readBundle(directory: string): Promise<Map<string, ImageFile>> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  return new Map(
    await Promise.all(
      files.map(async (file) => {
        const path = file.slice(directory.length + 1).replaceAll('\\', '/');
        return [`function/${path}`, { mode: 0o644, bytes: await readFile(file) }] as const;
      }),
    ),
  );
}

import { gunzipSync } from 'node:zlib';
import { CliError } from '../cli-error.ts';
import type { ImageReference } from './image-reference.ts';
import { LayeredFiles } from './layered-files.ts';
import { mediaTypes, type RegistryClient } from './registry-client.ts';
import { type JsonObject, toJsonObject } from './registry-json.ts';
import { readTar } from './tar-archive.ts';

/** As images name them. */
export type ImageArchitecture = 'amd64' | 'arm64';

interface Descriptor {
  readonly digest: string;
  readonly size: number;
}

const indexTypes: readonly string[] = [mediaTypes.index, mediaTypes.ociIndex];
const maximumLayers = 127;
const maximumLayerSizeInBytes = 1_000_000_000;
const gzipMagic = Buffer.of(0x1f, 0x8b);

/**
 * What the layers of an image of Node.js hold of its program and libraries.
 * @throws CliError where there is no such image for the architecture, or what comes is not whole
 */
export async function readBaseImage(
  client: RegistryClient,
  { digest, tag = 'latest' }: ImageReference,
  architecture: ImageArchitecture,
): Promise<LayeredFiles> {
  let manifest = await client.getManifest(digest ?? tag);
  if (indexTypes.includes(manifest.type)) {
    manifest = await client.getManifest(choosePlatform(toJsonObject(manifest.bytes, 'the base image'), architecture));
  }
  const { config, layers } = toJsonObject(manifest.bytes, 'the base image');
  if (!Array.isArray(layers) || layers.length > maximumLayers) throw noImage('its manifest has no list of layers');
  const about = toDescriptor(config);
  const { os, architecture: own } = toJsonObject(await client.getBlob(about.digest, about.size), 'the base image');
  if (os !== 'linux' || own !== architecture) throw noImage(`it is for ${os}/${own}, not for linux/${architecture}`);
  const files = new LayeredFiles();
  for (const layer of layers.map(toDescriptor)) {
    files.add(readTar(unpack(await client.getBlob(layer.digest, layer.size))), isOfNode);
  }
  return files;
}

/** Node.js, and all in the libraries' folders that may be what one of their names leads to. */
function isOfNode(path: string): boolean {
  return path === 'usr/local/bin/node' || /^(?:usr\/)?lib(?:64)?\/(?:[^/]*-linux-gnu\/)?[^/]+$/.test(path);
}

function choosePlatform({ manifests }: JsonObject, architecture: ImageArchitecture): string {
  const all = Array.isArray(manifests) ? manifests : [];
  const found = all.find(({ platform }) => platform?.os === 'linux' && platform?.architecture === architecture);
  if (found === undefined) throw noImage(`it has none for linux/${architecture}`);
  return toDescriptor(found).digest;
}

function toDescriptor(value: unknown): Descriptor {
  const { digest, size } = (value ?? {}) as Partial<Record<keyof Descriptor, unknown>>;
  const isDigest = typeof digest === 'string' && /^sha256:[0-9a-f]{64}$/.test(digest);
  if (isDigest && Number.isSafeInteger(size) && Number(size) >= 0 && Number(size) <= maximumLayerSizeInBytes) {
    return { digest, size: Number(size) };
  }
  throw noImage('its manifest names a part without a digest of SHA-256 or a size');
}

function unpack(layer: Uint8Array): Uint8Array {
  if (gzipMagic.compare(layer, 0, 2) !== 0) return layer;
  try {
    return gunzipSync(layer, { maxOutputLength: maximumLayerSizeInBytes });
  } catch (cause) {
    throw noImage('a layer of it cannot be unpacked', cause);
  }
}

function noImage(why: string, cause?: unknown): CliError {
  return new CliError(`The base image cannot be used: ${why}.`, 'Choose an image of Node.js on Debian by --base.', {
    cause,
  });
}

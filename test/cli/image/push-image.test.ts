import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { parseImageReference } from '../../../cli/image/image-reference.ts';
import { type PushOptions, pushImage } from '../../../cli/image/push-image.ts';
import { mediaTypes } from '../../../cli/image/registry-client.ts';
import { readTar, writeTar } from '../../../cli/image/tar-archive.ts';
import { foreignNodeImage, symbolsSizeInBytes } from '../../helpers/foreign-node-image.ts';
import { type Access, type Interference, RegistryServer, user } from './registry-server.ts';

const { platform, files: nodeFiles, loader } = foreignNodeImage();
const architecture = platform === 'linux/amd64' ? 'amd64' : 'arm64';
const bundleDirectory = mkdtempSync(join(tmpdir(), 'lambda-lens-push-'));
mkdirSync(join(bundleDirectory, 'model'));
writeFileSync(join(bundleDirectory, 'index.mjs'), 'export {};');
writeFileSync(join(bundleDirectory, 'model', 'card.json'), '{}');

const servers: RegistryServer[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});
afterAll(() => rmSync(bundleDirectory, { recursive: true }));

/** A registry that holds an image of Node.js as `shop/node:24`, an index of two platforms. */
async function openRegistry(access: Access = 'open'): Promise<RegistryServer> {
  const server = await new RegistryServer(access).listen();
  servers.push(server);
  const layer = gzipSync(
    writeTar(new Map(Object.entries(nodeFiles).map(([path, bytes]) => [path, { mode: 0o755, bytes }]))),
  );
  const config = server.keep(Buffer.from(JSON.stringify({ os: 'linux', architecture })));
  const manifest = { schemaVersion: 2, config, layers: [server.keep(layer)] };
  const own = server.keepManifest('24-own', mediaTypes.ociManifest, manifest);
  const manifests = [
    { digest: `sha256:${'0'.repeat(64)}`, size: 2, platform: { os: 'windows', architecture } },
    { ...own, platform: { os: 'linux', architecture } },
  ];
  server.keepManifest('24', mediaTypes.ociIndex, { schemaVersion: 2, manifests });
  return server;
}

function push(server: RegistryServer, changes: Partial<PushOptions> = {}): Promise<string> {
  return pushImage({
    target: parseImageReference(`${server.host}/shop/lens:1`),
    credentials: undefined,
    base: parseImageReference(`${server.host}/shop/node:24`),
    architecture,
    bundleDirectory,
    onLayer: () => undefined,
    ...changes,
  });
}

describe('an image that is pushed', () => {
  it('is one manifest, by tag and digest, with Node.js below and the bundle above', async () => {
    const server = await openRegistry();

    const digest = await push(server);

    const stored = server.manifests.get('1');
    const { schemaVersion, mediaType, layers, config } = JSON.parse(String(stored?.bytes));
    const pathsOf = (layer: { digest: string }) =>
      [...readTar(gunzipSync(server.blobs.get(layer.digest) as Buffer))].flatMap((entry) =>
        entry.kind === 'file' ? [entry.path] : [],
      );

    expect([stored?.type, schemaVersion, mediaType]).toEqual([mediaTypes.manifest, 2, mediaTypes.manifest]);
    expect(config.size).toBe(server.blobs.get(config.digest)?.length);
    expect(server.manifests.get(digest)?.bytes).toEqual(stored?.bytes);
    expect(pathsOf(layers[0])).toHaveLength(8);
    expect(pathsOf(layers[0])).toEqual(expect.arrayContaining(['usr/local/bin/node', 'lib/libstdc++.so.6', loader]));
    expect(pathsOf(layers[1])).toEqual(['function/index.mjs', 'function/model/card.json']);
    expect(JSON.parse(String(server.blobs.get(config.digest)))).toMatchObject({
      os: 'linux',
      architecture,
      config: { Entrypoint: ['/usr/local/bin/node', '/function/index.mjs'] },
    });
  });

  it('has Node.js without its symbols', async () => {
    const server = await openRegistry();

    await push(server);

    const { layers } = JSON.parse(String(server.manifests.get('1')?.bytes));
    const node = [...readTar(gunzipSync(server.blobs.get(layers[0].digest) as Buffer))].find(
      ({ path }) => path === 'usr/local/bin/node',
    );

    expect(node?.kind === 'file' && node.bytes.length).toBe(
      (nodeFiles['usr/local/bin/node']?.length ?? 0) - symbolsSizeInBytes,
    );
  });

  it('has the same digest each time, and no layer of it is sent twice', async () => {
    const server = await openRegistry();
    const first = await push(server);
    server.asked.length = 0;
    const told: boolean[] = [];

    const second = await push(server, { onLayer: (_what, _size, isNew) => told.push(isNew) });

    expect(second).toBe(first);
    expect(told).toEqual([false, false]);
    expect(server.asked.filter((line) => line.includes('uploads'))).toEqual([]);
  });

  it('sends anew the layer alone that has changed', async () => {
    const server = await openRegistry();
    const first = await push(server);
    writeFileSync(join(bundleDirectory, 'index.mjs'), 'export const changed = true;');
    const told: boolean[] = [];

    const second = await push(server, { onLayer: (_what, _size, isNew) => told.push(isNew) });

    expect(second).not.toBe(first);
    expect(told).toEqual([true, false]);
  });
});

describe('a registry that wants to know who asks', () => {
  it.each(['basic', 'bearer'] as const)('is told, where it asks by %s', async (access) => {
    const server = await openRegistry(access);

    expect(await push(server, { credentials: user })).toMatch(/^sha256:/);
  });

  it.each([
    ['basic', undefined, /asks who you are/],
    ['bearer', undefined, /gives anyone without a name no token/],
    ['bearer', { username: 'owner', password: 'wrong' }, /gives the user "owner" no token/],
    ['basic', { username: 'owner', password: 'wrong' }, /answered 401/],
  ] as const)('refuses in words for a person, by %s with %j', async (access, credentials, message) => {
    const server = await openRegistry(access);

    await expect(push(server, { credentials })).rejects.toThrow(message);
  });

  it('gets no password where its tokens come without TLS from elsewhere', async () => {
    const server = await openRegistry();
    server.interfere = (_request, response) => {
      response.writeHead(401, { 'www-authenticate': 'Bearer realm="http://tokens.example/"' }).end();
      return true;
    };

    await expect(push(server, { credentials: user })).rejects.toThrow('no https address');
  });
});

describe('a registry that answers badly', () => {
  const when = (pattern: RegExp, answer: (response: Parameters<Interference>[1]) => void): Interference => {
    return (request, response) => {
      if (!pattern.test(`${request.method} ${request.url}`)) return false;
      answer(response);
      return true;
    };
  };

  it.each<[string, Interference, RegExp]>([
    [
      'other bytes for a layer',
      when(/^GET .*blobs/, (response) => response.end('{}')),
      /content of the digest sha256:/,
    ],
    [
      'a longer layer than it said',
      when(/^GET .*blobs/, (response) => response.end('x'.repeat(1e6))),
      /is larger than the/,
    ],
    ['no JSON', when(/^GET .*manifests\/24$/, (response) => response.end('<html>')), /no JSON object/],
    ['half an answer', when(/^GET .*manifests\/24$/, cutOff), /broke off/],
    [
      'no place for an upload',
      when(/^POST/, (response) => response.writeHead(202).end()),
      /answered 202 for an upload/,
    ],
    [
      'an upload that leads to http elsewhere',
      when(/^POST/, (response) => response.writeHead(202, { location: 'http://storage.example/' }).end()),
      /no https address/,
    ],
    [
      'a refusal with its reason',
      when(/^POST/, (response) =>
        response.writeHead(404).end('{"errors":[{"code":"NAME_UNKNOWN","message":"no such repository"}]}'),
      ),
      /answered 404 .*NAME_UNKNOWN: no such repository/,
    ],
    [
      'another digest for the manifest',
      when(/^PUT .*manifests/, (response) => response.writeHead(201, { 'docker-content-digest': 'sha256:0' }).end()),
      /has stored sha256:0/,
    ],
    [
      'a page of its own failure',
      when(/^PUT .*blobs/, (response) => response.writeHead(500).end('<html>')),
      /answered 500 for the layer/,
    ],
    ['nothing but a closed connection', when(/^HEAD/, (response) => response.destroy()), /broke off/],
  ])('is told of with %s', async (_what, interfere, message) => {
    const server = await openRegistry();
    server.interfere = interfere;

    await expect(push(server)).rejects.toMatchObject({
      name: 'CliError',
      message: expect.stringMatching(message),
      hint: expect.any(String),
    });
  });

  function cutOff(response: Parameters<Interference>[1]): void {
    response.writeHead(200, { 'content-length': '1000' });
    response.write('{', () => setImmediate(() => response.destroy()));
  }
});

describe('a base image', () => {
  it.each([
    ['is not there', '25', undefined, /answered 404 .*MANIFEST_UNKNOWN/],
    ['is for another architecture', '24', architecture === 'arm64' ? 'amd64' : 'arm64', /has none for linux\//],
    ['is for another architecture alone', '24-own', architecture === 'arm64' ? 'amd64' : 'arm64', /it is for linux\//],
  ] as const)('that %s is refused', async (_what, tag, other, message) => {
    const server = await openRegistry();
    const base = parseImageReference(`${server.host}/shop/node:${tag}`);

    await expect(push(server, { base, architecture: other ?? architecture })).rejects.toThrow(message);
  });

  it('is asked for nothing where the target refuses', async () => {
    const server = await openRegistry('basic');
    const other = await openRegistry();
    const base = parseImageReference(`${other.host}/shop/node:24`);

    await expect(push(server, { base, credentials: undefined })).rejects.toThrow('asks who you are');

    expect(other.asked).toEqual([]);
  });

  it('of another registry that cannot be asked is named, and the option for another image', async () => {
    const server = await openRegistry();
    const other = await openRegistry();
    const base = parseImageReference(`${other.host}/shop/node:25`);

    await expect(push(server, { base })).rejects.toMatchObject({
      hint: expect.stringContaining(`an image of ${other.host}; --base names another.`),
    });
  });

  it('without a library is refused, naming it', async () => {
    const server = await openRegistry();
    const files = Object.entries(nodeFiles).filter(([path]) => !path.endsWith('libm.so.6'));
    const layer = server.keep(writeTar(new Map(files.map(([path, bytes]) => [path, { mode: 0o755, bytes }]))));
    const config = server.keep(Buffer.from(JSON.stringify({ os: 'linux', architecture })));
    server.keepManifest('24', mediaTypes.manifest, { config, layers: [layer] });

    await expect(push(server)).rejects.toThrow('The base image has no libm.so.6.');
  });
});

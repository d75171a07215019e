import { readFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import tls from 'node:tls';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createPhotoFetcher } from '../../../function/fetch/fetch-photo.ts';
import { type ScriptedServer, startScriptedServer } from '../../helpers/scripted-server.ts';

const pem = readFileSync(new URL('../../fixtures/fetch/localhost.pem', import.meta.url), 'utf8');
const photo = 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nphoto';

describe('a photo fetcher over TLS', () => {
  const trustedAtFirst = tls.getCACertificates('default');
  const serverNames: unknown[] = [];
  let server: ScriptedServer;

  beforeAll(async () => {
    const answer = (socket: Socket & { readonly servername?: string }) => {
      serverNames.push(socket.servername);
      socket.end(photo);
    };
    server = await startScriptedServer(answer, { pem });
  });

  afterAll(async () => {
    tls.setDefaultCACertificates(trustedAtFirst);
    await server.close();
  });

  function fetchFrom(scheme: string, host: string): Promise<Uint8Array> {
    const fetchPhoto = createPhotoFetcher({
      enabled: true,
      allowedHosts: [`${host}:${server.port}`],
      maximumSizeInBytes: 1_000,
      maximumRedirects: 3,
      timeoutInMilliseconds: 2_000,
      userAgent: 'lambda-lens/test',
      resolve: async () => ['127.0.0.1'],
    });
    return fetchPhoto(`${scheme}://${host}:${server.port}/`, { signal: new AbortController().signal });
  }

  it('refuses a certificate that nobody trusts, even where the environment says to take any', async () => {
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
    // Node.js warns of the variable wherever it is set, whether or not anything heeds it.
    const warnings = vi.spyOn(process, 'emitWarning').mockReturnValue();

    await expect(fetchFrom('https', 'localhost')).rejects.toMatchObject({
      code: 'fetch_failed',
      message: "The photo's server has a TLS certificate that it signed itself.",
    });

    vi.unstubAllEnvs();
    warnings.mockRestore();
  });

  it('says so when the server speaks no TLS, or nothing but TLS', async () => {
    await expect(fetchFrom('http', 'localhost')).rejects.toMatchObject({ code: 'fetch_failed' });

    const plain = await startScriptedServer(photo);
    const fetchPhoto = createPhotoFetcher({
      enabled: true,
      allowedHosts: [`127.0.0.1:${plain.port}`],
      maximumSizeInBytes: 1_000,
      maximumRedirects: 3,
      timeoutInMilliseconds: 2_000,
      userAgent: 'lambda-lens/test',
    });
    const promise = fetchPhoto(`https://127.0.0.1:${plain.port}/`, { signal: new AbortController().signal });

    await expect(promise).rejects.toThrow('could not agree on a TLS connection');

    await plain.close();
  });

  it('asks the pinned address for the name in the URL, and holds the certificate against that name', async () => {
    tls.setDefaultCACertificates([pem]);
    serverNames.length = 0;

    await expect(fetchFrom('https', 'localhost')).resolves.toHaveLength(5);
    expect(serverNames).toEqual(['localhost']);
    await expect(fetchFrom('https', '127.0.0.1')).rejects.toMatchObject({
      code: 'fetch_failed',
      message: "The photo's server has a TLS certificate for another name.",
    });
  });
});

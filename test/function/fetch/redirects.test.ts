import { describe, expect, it } from 'vitest';
import { createPhotoFetcher } from '../../../function/fetch/fetch-photo.ts';
import { photo, redirectTo, serve, settings, signal } from './served-photo.ts';

describe('redirects', () => {
  it.each([301, 302, 303, 307, 308])('follows a redirect of status %i', async (status) => {
    const server = await serve((socket, request) =>
      socket.end(request.startsWith('GET /photo ') ? photo : redirectTo('/photo', status)),
    );
    const fetchPhoto = createPhotoFetcher({ ...settings, allowedHosts: [`127.0.0.1:${server.port}`] });

    await expect(fetchPhoto(`http://127.0.0.1:${server.port}/`, { signal })).resolves.toHaveLength(5);
    expect(await server.openConnections()).toBe(0);
  });

  it.each([1, 2, 3])('refuses redirect %i to an address that is not public, and never connects to it', async (hop) => {
    const forbidden = await serve(photo);
    const server = await serve((socket, request) => {
      const step = Number(/^GET \/(\d)/.exec(request)?.[1]);
      socket.end(redirectTo(step === hop ? `http://[::1]:${forbidden.port}/` : `/${step + 1}`));
    });
    const fetchPhoto = createPhotoFetcher({ ...settings, allowedHosts: [`127.0.0.1:${server.port}`] });

    await expect(fetchPhoto(`http://127.0.0.1:${server.port}/1`, { signal })).rejects.toMatchObject({
      code: 'url_not_allowed',
      message: expect.stringContaining(`at redirect ${hop}`),
    });
    expect(forbidden.connections()).toBe(0);
    expect(server.connections()).toBe(hop);
  });

  it('resolves again at each hop, and refuses when the new answer is not public', async () => {
    const server = await serve(redirectTo('/again'));
    const answers = [['127.0.0.1'], ['10.0.0.1']];
    const fetchPhoto = createPhotoFetcher({
      ...settings,
      allowedHosts: [`localhost:${server.port}`],
      resolve: async () => answers.shift() ?? [],
    });

    await expect(fetchPhoto(`http://localhost:${server.port}/`, { signal })).rejects.toMatchObject({
      code: 'url_not_allowed',
      message: 'The URL is refused at redirect 1: its host is not at a public address.',
    });
    expect(server.connections()).toBe(1);
  });

  it('gives up on a loop of redirects', async () => {
    const server = await serve(redirectTo('/'));
    const fetchPhoto = createPhotoFetcher({ ...settings, allowedHosts: [`127.0.0.1:${server.port}`] });

    await expect(fetchPhoto(`http://127.0.0.1:${server.port}/`, { signal })).rejects.toMatchObject({
      code: 'fetch_failed',
      message: "The photo's server redirects more than 3 times.",
    });
    expect(server.connections()).toBe(4);
  });
});

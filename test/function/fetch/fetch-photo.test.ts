import net, { type LookupFunction, type NetConnectOpts } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createPhotoFetcher } from '../../../function/fetch/fetch-photo.ts';
import { photo, serve, settings, signal } from './served-photo.ts';

afterEach(() => vi.restoreAllMocks());

describe('a photo fetcher', () => {
  it('fetches a photo from a host that the operator allows, and says who asks', async () => {
    const server = await serve(photo);
    const fetchPhoto = createPhotoFetcher({ ...settings, allowedHosts: [`127.0.0.1:${server.port}`] });

    const bytes = await fetchPhoto(`http://127.0.0.1:${server.port}/a%20b.jpg?c=d#e`, { signal });

    expect(Buffer.from(bytes).toString()).toBe('photo');

    const [request] = server.requests;

    expect(request).toMatch(/^GET \/a%20b\.jpg\?c=d HTTP\/1\.1\r\n/);
    expect(request?.toLowerCase()).toContain(`\r\nhost: 127.0.0.1:${server.port}\r\n`);
    expect(request).toContain('user-agent: lambda-lens/test\r\n');
    expect(request).toContain('accept-encoding: identity\r\n');
    expect(request).not.toMatch(/cookie|authorization|referer/i);
    expect(await server.openConnections()).toBe(0);
  });

  it('fetches from localhost by its name, whichever of its addresses answers', async () => {
    const server = await serve(photo);
    const fetchPhoto = createPhotoFetcher({
      ...settings,
      allowedHosts: [`localhost:${server.port}`],
      resolve: async () => ['::1', '127.0.0.1'],
    });

    await expect(fetchPhoto(`http://LOCALHOST.:${server.port}/`, { signal })).resolves.toHaveLength(5);
    expect(server.requests[0]).toMatch(new RegExp(`host: localhost:${server.port}\r\n`, 'i'));
  });

  it('refuses every URL when it is switched off', async () => {
    const fetchPhoto = createPhotoFetcher({ ...settings, enabled: false });

    await expect(fetchPhoto('https://example.org/', { signal })).rejects.toMatchObject({ code: 'url_not_allowed' });
  });

  it.each([
    'http://127.0.0.1/',
    'http://127.1/',
    'http://0177.0.0.1/',
    'http://0x7f.0.0.1/',
    'http://0x7f000001/',
    'http://2130706433/',
    'http://017700000001/',
    'http://%31%32%37.0.0.1/',
    'http://１２７.０.０.１/',
    'http://127。0。0。1/',
    'http://①②⑦.⓪.⓪.①/',
    'http://127.0.0.1./',
    'http:\\\\127.0.0.1\\',
    'http:127.0.0.1',
    'http://127.0.0.1\\@example.org/',
    'http://0/',
    'http://0.0.0.0/',
    'http://10.0.0.1/',
    'http://100.64.0.1/',
    'http://169.254.169.254/latest/meta-data/',
    'http://2852039166/latest/meta-data/',
    'http://0xa9fea9fe/',
    'http://169.254.170.2/v2/credentials/',
    'http://172.16.0.1/',
    'http://192.168.0.1/',
    'http://198.18.0.1/',
    'http://203.0.113.1/',
    'http://224.0.0.1/',
    'http://255.255.255.255/',
    'http://[::]/',
    'http://[::1]/',
    'http://[0:0:0:0:0:0:0:1]/',
    'http://[::127.0.0.1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[::ffff:a9fe:a9fe]/',
    'http://[64:ff9b::7f00:1]/',
    'http://[64:ff9b:1::10.0.0.1]/',
    'http://[2002:7f00:1::]/',
    'http://[2001:0:7f00:1::]/',
    'http://[fc00::1]/',
    'http://[fd00:ec2::254]/',
    'http://[fe80::1]/',
    'http://[ff02::1]/',
    'https://localhost/',
    'https://metadata.google.internal/',
    'http://example.org:6379/',
    'gopher://127.0.0.1/',
    'http://user:secret@example.org/',
  ])('refuses %s without a look-up or a connection', async (url) => {
    const connect = vi.spyOn(net.Socket.prototype, 'connect');
    const resolve = vi.fn(async () => ['127.0.0.1']);
    const fetchPhoto = createPhotoFetcher({ ...settings, resolve });

    await expect(fetchPhoto(url, { signal })).rejects.toMatchObject({ code: 'url_not_allowed' });
    expect(resolve).not.toHaveBeenCalled();
    expect(connect).not.toHaveBeenCalled();
  });

  it.each([
    ['a private one', ['10.0.0.1']],
    ['a public and a private one', ['8.8.8.8', '192.168.0.1']],
    ['a private one behind many public ones', [...Array<string>(20).fill('8.8.8.8'), '::1']],
    ['the metadata service', ['169.254.169.254']],
    ['a mapped one', ['::ffff:127.0.0.1']],
    ['one with a zone', ['fe80::1%lo']],
  ])('refuses a name whose addresses are %s, without a connection', async (_what, addresses) => {
    const connect = vi.spyOn(net.Socket.prototype, 'connect');
    const fetchPhoto = createPhotoFetcher({ ...settings, resolve: async () => addresses });

    const error = await fetchPhoto('https://photos.example/', { signal }).catch((thrown: unknown) => thrown);

    expect(error).toMatchObject({ code: 'url_not_allowed', message: expect.stringContaining('public address') });

    for (const address of addresses) expect(JSON.stringify(error)).not.toContain(address);

    expect(connect).not.toHaveBeenCalled();
  });

  it('still wants public addresses of a name that the operator allows', async () => {
    const fetchPhoto = createPhotoFetcher({
      ...settings,
      allowedHosts: ['photos.example'],
      resolve: async () => ['10.0.0.1'],
    });

    await expect(fetchPhoto('https://photos.example/', { signal })).rejects.toMatchObject({ code: 'url_not_allowed' });
  });

  it('refuses localhost when it resolves to anything but this machine', async () => {
    const resolve = async () => ['127.0.0.1', '10.0.0.1'];
    const fetchPhoto = createPhotoFetcher({ ...settings, allowedHosts: ['localhost:8080'], resolve });

    await expect(fetchPhoto('http://localhost:8080/', { signal })).rejects.toMatchObject({ code: 'url_not_allowed' });
  });

  it('connects to the addresses that it checked, though the next answer differs', async () => {
    const answers = [['93.184.216.34', '2606:4700:4700::1111'], ['127.0.0.1']];
    const resolve = vi.fn(async () => answers.shift() ?? ['127.0.0.1']);
    const offered: unknown[] = [];
    vi.spyOn(net.Socket.prototype, 'connect').mockImplementation(function (this: net.Socket, ...given: unknown[]) {
      const [options] = given.flat() as [NetConnectOpts & { lookup: LookupFunction }];
      options.lookup('photos.example', { all: true }, (_error, addresses) => offered.push(addresses));
      options.lookup('photos.example', {}, (_error, address, family) => offered.push([address, family]));
      this.destroy(Object.assign(new Error('no network here'), { code: 'ENETUNREACH' }));
      return this;
    });
    const fetchPhoto = createPhotoFetcher({ ...settings, resolve });

    await expect(fetchPhoto('http://photos.example/', { signal })).rejects.toMatchObject({ code: 'fetch_failed' });
    expect(resolve).toHaveBeenCalledTimes(1);
    expect(offered).toEqual([
      [
        { address: '93.184.216.34', family: 4 },
        { address: '2606:4700:4700::1111', family: 6 },
      ],
      ['93.184.216.34', 4],
    ]);
  });

  it("ends a look-up that takes too long, and one whose caller leaves with the caller's reason", async () => {
    const resolve = () => new Promise<never>(() => undefined);
    const fetchPhoto = createPhotoFetcher({ ...settings, timeoutInMilliseconds: 20, resolve });

    await expect(fetchPhoto('https://photos.example/', { signal })).rejects.toMatchObject({ code: 'fetch_failed' });

    const reason = new Error('the caller has left');
    const promise = fetchPhoto('https://photos.example/', { signal: AbortSignal.abort(reason) });

    await expect(promise).rejects.toBe(reason);
  });

  it.each([
    ['no address', async () => []],
    ['no such name', async () => Promise.reject(Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' }))],
  ])('says so when the host has %s', async (_what, resolve) => {
    const fetchPhoto = createPhotoFetcher({ ...settings, resolve });

    await expect(fetchPhoto('https://photos.example/', { signal })).rejects.toMatchObject({ code: 'fetch_failed' });
  });
});

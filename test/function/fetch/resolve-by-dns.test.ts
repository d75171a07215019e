import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPhotoFetcher } from '../../../function/fetch/fetch-photo.ts';
import { createResolveByDns } from '../../../function/fetch/resolve-by-dns.ts';
import { type DnsServer, startDnsServer } from '../../helpers/dns-server.ts';
import { serviceErrorOf } from '../../helpers/service-error.ts';

let server: DnsServer;
const silentNames = Object.fromEntries(
  Array.from({ length: 64 }, (_, i) => [`${i}.silent.example`, 'silent' as const]),
);

beforeAll(async () => {
  server = await startDnsServer({
    ...silentNames,
    'both.example': ['2606:4700::1', '198.51.100.7', '203.0.113.9'],
    'six.example': ['2606:4700::1'],
    'none.example': [],
    'broken.example': 'failing',
    'lame.example': { only4: '8.8.8.8' },
    'private.example': ['8.8.8.8', '10.0.0.1'],
  });
});
afterAll(() => server.close());

const resolver = (maximumLookups?: number) =>
  createResolveByDns({ servers: [server.address], ...(maximumLookups === undefined ? {} : { maximumLookups }) });
const never = new AbortController().signal;

describe('a look-up', () => {
  it.each([
    ['both.example', ['198.51.100.7', '203.0.113.9', '2606:4700::1']],
    ['six.example', ['2606:4700::1']],
    ['lame.example', ['8.8.8.8']],
  ])('of %s gives all its addresses, IPv4 first', async (name, addresses) => {
    expect(await resolver()(name, never)).toEqual(addresses);
  });

  it.each([
    ['missing.example', 'ENOTFOUND'],
    ['none.example', 'ENOTFOUND'],
    ['broken.example', 'EAI_AGAIN'],
  ])('of %s fails by %s', async (name, code) => {
    await expect(resolver()(name, never)).rejects.toMatchObject({ code });
  });

  it('of localhost means this machine, whatever a server says', async () => {
    const asked = server.asked.length;

    expect(await resolver()('localhost', never)).toEqual(['127.0.0.1', '::1']);
    expect(server.asked).toHaveLength(asked);
  });

  it('ends the moment its signal fires', async () => {
    const impatient = new AbortController();
    const asking = resolver()('0.silent.example', impatient.signal);
    impatient.abort(new Error('over'));

    await expect(asking).rejects.toThrow('over');
  });
});

describe('names whose server never answers', () => {
  it('keep no other name waiting', async () => {
    const resolve = resolver();
    const over = new AbortController();
    const silent = Object.keys(silentNames).map((name) =>
      resolve(name, over.signal).catch((error: Error) => error.message),
    );
    const answered = await resolve('both.example', never);
    over.abort(new Error('over'));

    expect(answered).toHaveLength(3);
    expect(new Set(await Promise.all(silent))).toEqual(new Set(['over']));
  });

  it('are bounded, and give their places back', async () => {
    const resolve = resolver(2);
    const over = new AbortController();
    const silent = ['0', '1'].map((digit) => resolve(`${digit}.silent.example`, over.signal).catch(() => 'over'));
    const refused = await serviceErrorOf(() => resolve('both.example', never));
    over.abort(new Error('over'));

    await Promise.all(silent);

    expect(refused).toMatchObject({ code: 'busy', headers: { 'retry-after': '1' } });
    expect(await resolve('both.example', never)).toHaveLength(3);
  });
});

describe('a photo at a name', () => {
  const fetchPhoto = (url: string, timeoutInMilliseconds: number) =>
    createPhotoFetcher({
      enabled: true,
      allowedHosts: [],
      maximumSizeInBytes: 1_000,
      maximumRedirects: 3,
      timeoutInMilliseconds,
      userAgent: 'test',
      resolve: resolver(),
    })(url, { signal: never });

  it.each([
    ['of a silent server', 'http://0.silent.example/', 100, 'fetch_failed', 'within 0.1 seconds'],
    ['that is missing', 'http://missing.example/', 8_000, 'fetch_failed', 'was not found'],
    ['whose server fails', 'http://broken.example/', 8_000, 'fetch_failed', 'could not be looked up just now'],
    ['with one private address', 'http://private.example/', 8_000, 'url_not_allowed', 'public address'],
  ])('%s fails in words', async (_case, url, timeout, code, words) => {
    const error = await serviceErrorOf(() => fetchPhoto(url, timeout));

    expect(error.code).toBe(code);
    expect(error.message).toContain(words);
  });
});

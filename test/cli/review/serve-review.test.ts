import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CliError } from '../../../cli/cli-error.ts';
import type { ReviewState, SaidOfPhoto } from '../../../cli/review/review-state.ts';
import { type RunningReview, serveReview } from '../../../cli/review/serve-review.ts';

const state: ReviewState = {
  results: 'results.jsonl',
  into: 'photos',
  others: 'others',
  labels: [],
  next: [],
  counts: { all: 0, labelled: 0, none: 0, skipped: 0, leftOut: 0, known: 0 },
  leftOut: [],
  canUndo: false,
};
const said: SaidOfPhoto[] = [];
const session = {
  state: async () => state,
  preview: async (id: number) => (id === 1 ? Buffer.from('a picture') : undefined),
  say: async (one: SaidOfPhoto) => {
    if (one.label === 'refused') throw new CliError('That is no label.', 'Choose another.');
    if (one.label === 'broken') throw new TypeError('nothing is there');
    said.push(one);
    return { state, done: 'Done.' };
  },
  undo: async () => ({ state, done: 'Undone.' }),
  again: async () => ({ state, done: '' }),
};

let review: RunningReview;
beforeAll(async () => {
  review = await serveReview(session, '<title>Review</title><script>1</script>');
});
afterAll(() => review.close());

interface Asked {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

/** Node's own client, which sends any Host header. */
async function ask({ method = 'GET', path = '', headers = {}, body }: Asked) {
  const { port, hostname, pathname } = new URL(review.address);
  const sent = request({ port, hostname, method, path: path.startsWith('/') ? path : pathname + path, headers });
  const answered = new Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; body: string }>(
    (resolve, reject) => {
      sent.once('error', reject);
      sent.once('response', async (response) =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: await text(response) }),
      );
    },
  );
  sent.end(body);
  return answered;
}

const say = (value: unknown, headers: Record<string, string> = {}) =>
  ask({
    method: 'POST',
    path: 'said',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof value === 'string' ? value : JSON.stringify(value),
  });

describe('the server of a review', () => {
  it('listens on loopback alone, and shows the page under a policy that lets nothing else in', async () => {
    const { status, headers, body } = await ask({});

    expect(review.address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[\w-]{22}\/$/);
    expect(status).toBe(200);
    expect(body).toContain('<title>Review</title>');
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': expect.stringMatching(/^default-src 'none'; script-src 'sha256-[^']+'; /),
      'referrer-policy': 'no-referrer',
      'cross-origin-resource-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
  });

  it.each([
    ['without the token', { path: '/state' }],
    ['with another token', { path: '/AAAAAAAAAAAAAAAAAAAAAA/state' }],
    ['at the root', { path: '/' }],
    ['for a name that points at this machine', { path: 'state', headers: { host: 'evil.example' } }],
    ['for another port of it', { path: 'state', headers: { host: '127.0.0.1:1' } }],
    ['of a page of another origin', { path: 'state', headers: { origin: 'https://evil.example' } }],
    ['of a page without an origin', { path: 'state', headers: { origin: 'null' } }],
    ['of another page of this machine', { path: 'photos/1', headers: { 'sec-fetch-site': 'same-site' } }],
    ['of a picture in another page', { path: 'photos/1', headers: { 'sec-fetch-site': 'cross-site' } }],
    ['of a form', { method: 'POST', path: 'undo', headers: { 'content-type': 'text/plain' }, body: '{}' }],
    ['without a type', { method: 'POST', path: 'undo', body: '{}' }],
  ])('refuses a request %s', async (_what, asked: Asked) => {
    const { status, body } = await ask(asked);

    expect(status).toBe(403);
    expect(JSON.parse(body)).toMatchObject({ error: { message: expect.stringMatching(/^This request is refused/) } });
  });

  it('passes on what is said of a photo', async () => {
    const { origin } = new URL(review.address);
    for (const one of [
      { id: 1, label: 'hat' },
      { id: 2, none: true },
      { id: 3, skip: true },
    ] as const) {
      const { status, body } = await say(one, { origin, 'sec-fetch-site': 'same-origin' });

      expect([status, JSON.parse(body)]).toEqual([200, { state, done: 'Done.' }]);
      expect(said.at(-1)).toEqual(one);
    }
  });

  it.each([
    ['no JSON', '{'],
    ['nothing', 'null'],
    ['no id', { label: 'hat' }],
    ['two things at once', { id: 1, label: 'hat', skip: true }],
    ['a label that is no text', { id: 1, label: 7 }],
    ['none: false', { id: 1, none: false }],
    ['more than a label can have', { id: 1, label: 'x'.repeat(5_000) }],
  ])('refuses to pass on %s', async (_what, value) => {
    const before = said.length;
    const { status } = await say(value);

    expect(status).toBe(400);
    expect(said).toHaveLength(before);
  });

  it('says in words what cannot be done', async () => {
    const refused = await say({ id: 1, label: 'refused' });
    const broken = await say({ id: 1, label: 'broken' });

    expect([refused.status, JSON.parse(refused.body)]).toEqual([
      409,
      { error: { message: 'That is no label.', hint: 'Choose another.' } },
    ]);
    expect(broken.status).toBe(500);
  });

  it.each([
    ['photos/1', 200, 'a picture'],
    ['photos/2', 404, /no such photo/],
    ['photos/../state', 404, /nothing here/],
    ['elsewhere', 404, /nothing here/],
    ['state?x=1', 200, /"into":"photos"/],
  ])('answers %s with %i', async (path, status, body) => {
    const answered = await ask({ path });

    expect(answered.status).toBe(status);
    expect(answered.body).toMatch(body);
  });

  it('knows when the person is done', async () => {
    const { status } = await ask({ method: 'POST', path: 'finish', headers: { 'content-type': 'application/json' } });

    expect(status).toBe(200);
    await review.finished;
  });
});

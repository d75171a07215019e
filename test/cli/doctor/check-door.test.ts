import { describe, expect, it } from 'vitest';
import { checkDoor, type Fetch } from '../../../cli/doctor/check-door.ts';

const notFound = Object.assign(new Error('getaddrinfo ENOTFOUND door.example'), { code: 'ENOTFOUND' });

/** Answers each path with what is scripted for it. */
function scripted(answers: Readonly<Record<string, { readonly status?: number; readonly body: unknown }>>): Fetch {
  return async (url, init) => {
    const { pathname, search } = new URL(url);
    const answer = answers[pathname + search];
    if (answer === undefined) throw new TypeError('fetch failed', { cause: notFound });
    if (pathname === '/predict') expect(init).toMatchObject({ method: 'POST', headers: { 'x-api-key': 'secret' } });
    const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body);
    return new Response(text, { status: answer.status ?? 200 });
  };
}

const predict = { body: { label: 'hat', timing: { totalMs: 40, coldStart: true } } };
const health = { body: { architecture: 'arm64', parity: { photos: 10 } } };

describe('a door', () => {
  it('that works tells its times, cold and warm, and that the model still answers as Keras did', async () => {
    const door = scripted({ '/predict': predict, '/health?deep=1': health });

    const found = await checkDoor('https://door.example', door, 'secret');

    expect(found.status).toBe('ok');
    expect(found.detail).toMatch(
      /"hat".*cold \d+ ms, then \d+ ms, 40 ms of it in the function; same answers .* 10 photos/,
    );
  });

  it.each([
    [
      'a missing secret',
      { '/predict': { status: 401, body: { error: { message: 'The secret is missing.' } } } },
      '401 to /predict: The secret',
      'API_SECRET',
    ],
    [
      "AWS's refusal",
      { '/predict': { status: 403, body: { Message: 'Forbidden' } } },
      '403 to /predict: Forbidden',
      'permissions',
    ],
    ['a failure of its own', { '/predict': { status: 502, body: '<html>' } }, '502', 'logs'],
    ['another page', { '/predict': { body: '<html>' } }, 'something else than JSON', 'URL'],
    ['no address', {}, 'https://door.example/ was not found: no server has that name.', 'internet'],
    [
      'an answer without an end',
      { '/predict': { body: ' '.repeat(16_000_001) } },
      'larger than the 16000000',
      'address',
    ],
    [
      'a model that has changed',
      {
        '/predict': predict,
        '/health?deep=1': { status: 500, body: { error: { message: 'The model no longer answers.' } } },
      },
      '500 to /health: The model',
      'logs',
    ],
  ])('with %s says so, and what to do', async (_case, answers, detail, fix) => {
    const found = await checkDoor('https://door.example/', scripted(answers), 'secret');

    expect(found).toMatchObject({
      status: 'failed',
      detail: expect.stringContaining(detail),
      fix: expect.stringContaining(fix),
    });
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import { rollOut } from '../../../cli/rollout/roll-out.ts';
import type { RolloutParts } from '../../../cli/rollout/rollout-parts.ts';
import { readPlan } from '../../../cli/rollout/rollout-plan.ts';
import { FunctionInMemory } from '../operate/function-in-memory.ts';
import { WatchInMemory } from './watch-in-memory.ts';

const plan = readPlan((setting) => ({ rollout: 'canary', canaryMinutes: '5', canaryPercent: '20' })[setting]);

let lens: FunctionInMemory;
let watch: WatchInMemory;
let told: string[];
let kept: string[];
let stop: AbortController;
let parts: RolloutParts;

beforeEach(() => {
  lens = new FunctionInMemory();
  lens.live = '2';
  watch = new WatchInMemory();
  told = [];
  kept = [];
  stop = new AbortController();
  parts = {
    control: lens,
    watch,
    keepImage: async (version) => kept.push(version),
    secret: undefined,
    tell: (line) => told.push(line),
    now: watch.now,
    pause: watch.pause,
    stopped: stop.signal,
  };
});

describe('a canary', () => {
  it('proves itself, gets its share for its time, and then every request', async () => {
    const lines = await rollOut(parts, '3', plan);

    expect(lens.calls).toEqual(['live 2, 0.2 to 3', 'live 3']);
    expect(watch.minutes).toBe(5);
    expect(told).toEqual([
      'Version 3 answers its 12 parity photos as it should.',
      'Version 3 says "pants" of a drawn photo, in 20 ms.',
      'Version 3 gets 20 % of the requests for 5 minutes.',
      'After 1.0 minutes: 20 requests, none failed, slowest hundredth 400 ms.',
    ]);
    expect(lines[0]).toContain('Version 3 is live now');
    expect(kept).toEqual([]);
  });

  it('is given as long again until enough requests have met it', async () => {
    watch.readings = [{ requests: 0 }, { requests: 3 }, ...Array(5).fill({ requests: 9 }), { requests: 10 }];

    await rollOut(parts, '3', plan);

    expect(watch.minutes).toBe(8);
    expect(lens.live).toBe('3');
  });

  it.each([
    ['too few requests meet it', [{ requests: 9 }], 'only 9 requests met it in 10 minutes'],
    ['it ends in errors', [{}, { requests: 30, errors: 1 }], '1 of its 30 requests ended in an error'],
    ['it answers by 500', [{ failures: 2 }], '2 of its 20 requests were answered by a status of 500 or more'],
    ['it is slow', [{ slowestInMilliseconds: 16_001 }], 'its slowest hundredth took 16001 ms, more than 16000'],
    ['it cannot be watched', [new Error('denied')], 'it cannot be watched: denied'],
  ])('is moved back where %s', async (_case, readings, sentence) => {
    watch.readings = readings;

    await expect(rollOut(parts, '3', plan)).rejects.toThrow(`Version 3 was moved back: ${sentence}`);

    expect(lens.calls).toEqual(['live 2, 0.2 to 3', 'live 2']);
    expect(kept).toEqual(['2']);
  });

  it('goes on where a reading fails and the next does not', async () => {
    watch.readings = [new Error('no network'), new Error('no network'), {}];

    await rollOut(parts, '3', plan);

    expect(lens.live).toBe('3');
  });

  it('is moved back where it is stopped', async () => {
    watch.onPause = () => stop.abort();

    await expect(rollOut(parts, '3', plan)).rejects.toThrow(
      'Version 3 was moved back: it was stopped. Version 2 has every request again.',
    );

    expect(await lens.getRouting()).toEqual({ version: '2' });
  });

  it('says what it leaves where it cannot be moved back', async () => {
    watch.onPause = () => {
      lens.setLiveVersion = () => Promise.reject(new Error('no network'));
      stop.abort();
    };

    await expect(rollOut(parts, '3', plan)).rejects.toThrow('It may still have its share of the requests.');
  });

  it('leaves the alias to whoever moved it meanwhile', async () => {
    watch.onPause = () => {
      lens.live = '1';
      lens.canary = undefined;
    };

    await expect(rollOut(parts, '3', plan)).rejects.toThrow('left as it is: version 1 has every request');

    expect(lens.live).toBe('1');
  });

  it('is refused while another is under way', async () => {
    lens.canary = { version: '3', share: 0.1 };

    await expect(rollOut(parts, '3', plan)).rejects.toThrow('Version 3 has 10 % of the requests');

    expect(lens.calls).toEqual([]);
  });
});

describe('before anybody meets it, a version', () => {
  const facts = { state: 'Active', reason: undefined, role: 'role', deadLetterTarget: '', timeoutInSeconds: 20 };
  const answer = (statusCode: number, body: object) => ({
    isError: false,
    payload: JSON.stringify({ statusCode, body: JSON.stringify(body) }),
  });

  it.each([
    [
      'no longer answers as its parity photos ask',
      () =>
        answer(500, {
          error: { code: 'internal_error', message: 'The model no longer answers as its framework did.' },
        }),
      'it answers /health by 500: {"error":{"code":"internal_error"',
    ],
    ['crashes', () => ({ isError: true, payload: '{"errorType":"Runtime.ExitError"}' }), 'it fails at /health'],
    ['says nothing that is known', () => ({ isError: false, payload: 'null' }), 'it fails at /health'],
    ['has no label for a photo', () => answer(200, { parity: null }), 'it answers a photo without a label'],
  ])('is not released where it %s', async (_case, invoke, sentence) => {
    lens.invokeVersion = async () => invoke();

    await expect(rollOut(parts, '3', plan)).rejects.toThrow(`Version 3 was not released: ${sentence}`);

    expect(lens.calls).toEqual([]);
    expect(kept).toEqual(['2']);
  });

  it('is asked with the secret that it asks for', async () => {
    const asked: object[] = [];
    const { invokeVersion } = lens;
    lens.describeVersion = async () => ({ ...facts, variables: { API_SECRET: 'a-long-secret' } });
    lens.invokeVersion = (version, event) => {
      asked.push(event);
      return invokeVersion(version, event);
    };

    await rollOut(parts, '3', plan);

    expect(asked).toMatchObject([
      { version: '2.0', rawQueryString: 'deep=1', headers: { 'x-api-key': 'a-long-secret' } },
      { version: '2.0', rawPath: '/predict', headers: { 'x-api-key': 'a-long-secret' }, isBase64Encoded: true },
    ]);
  });

  it('is given time to be made ready', async () => {
    const states = ['Pending', 'Pending', 'Active'];
    lens.describeVersion = async () => ({ ...facts, state: states.shift() ?? 'Active', variables: {} });

    await rollOut(parts, '3', { ...plan, isCanary: false });

    expect(watch.minutes).toBe(2);
    expect(lens.calls).toEqual(['live 3']);
  });

  it.each([
    [{ state: 'Failed', reason: 'no image' }, 'AWS could not make it ready: no image'],
    [{ state: 'Pending' }, 'AWS is still making it ready'],
  ])('is not released as %j', async (state, sentence) => {
    lens.describeVersion = async () => ({ ...facts, ...state, variables: {} });

    await expect(rollOut(parts, '3', plan)).rejects.toThrow(sentence);
  });

  it('shares requests only with a version of the same role', async () => {
    lens.describeVersion = async (version) => ({ ...facts, role: `role of ${version}`, variables: {} });

    await expect(rollOut(parts, '3', plan)).rejects.toThrow('only between versions of one role');
    await rollOut(parts, '3', { ...plan, isCanary: false });

    expect(lens.calls).toEqual(['live 3']);
  });

  it('cannot prove itself while the function is off', async () => {
    lens.reserved = 0;

    await expect(rollOut(parts, '3', plan)).rejects.toThrow('the function is off');
  });

  it('has nothing to prove where it is live', async () => {
    expect(await rollOut(parts, '2', plan)).toEqual(['Version 2 is live already.']);
  });
});

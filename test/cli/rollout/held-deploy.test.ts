import { beforeEach, describe, expect, it } from 'vitest';
import { endRollout } from '../../../cli/rollout/end-rollout.ts';
import { findHeldVersion, findReleasable } from '../../../cli/rollout/held-deploy.ts';
import { readPlan } from '../../../cli/rollout/rollout-plan.ts';
import { fileInMemory } from '../operate/file-in-memory.ts';
import { FunctionInMemory, ShelfInMemory } from '../operate/function-in-memory.ts';

let lens: FunctionInMemory;
let told: string[];
const tell = (line: string) => told.push(line);
const canary = { rollout: 'canary' };

beforeEach(() => {
  lens = new FunctionInMemory();
  told = [];
});

describe('a deploy', () => {
  it('leaves live what is, where new versions are to prove themselves', async () => {
    const held = await findHeldVersion(fileInMemory({ ...canary, canaryPercent: '5' }), lens, tell);

    expect(held).toEqual({
      version: '3',
      plan: expect.objectContaining({ percent: 5, minutes: 10, leastRequests: 10 }),
    });
  });

  it.each([
    ['the setting says nothing of a canary', {}, ''],
    ['a roll-back holds a version', { ...canary, liveVersion: '2' }, 'Pulumi.test.yaml says liveVersion 2'],
  ])('holds nothing where %s', async (_case, settings, sentence) => {
    expect(await findHeldVersion(fileInMemory(settings), lens, tell)).toBeUndefined();

    expect(told.join()).toContain(sentence);
  });

  it('releases the first version at once', async () => {
    expect(await findHeldVersion(fileInMemory(canary), undefined, tell)).toBeUndefined();

    expect(told[0]).toContain('The first version goes live at once');
  });

  it('waits for a rollout that is under way', async () => {
    lens.canary = { version: '4', share: 0.1 };

    await expect(findHeldVersion(fileInMemory(canary), lens, tell)).rejects.toThrow(
      'version 3 has 90 % of the requests, version 4 10 %',
    );
  });

  it.each([
    ['the newest, which it has published', '2', '2', '3', ''],
    ['nothing where it has published nothing', '3', '3', undefined, 'Version 3 is the newest, and live'],
    ['nothing where the program has released it already', '2', '3', undefined, 'has released version 3 at once'],
  ])('rolls out %s', async (_case, held, live, released, sentence) => {
    lens.live = live;

    expect(await findReleasable(lens, { version: held, plan: readPlan(() => undefined) }, tell)).toBe(released);

    expect(told.join()).toContain(sentence);
  });
});

describe('to take a rollout back', () => {
  const settings: Record<string, string> = {};
  const partsOf = (...letters: string[]) => ({
    control: lens,
    openShelf: async () => new ShelfInMemory(...letters),
    file: fileInMemory(settings),
    keepTag: 'live',
  });

  it('ends one that is under way', async () => {
    lens.canary = { version: '4', share: 0.1 };

    expect(await endRollout(partsOf('a', 'b', 'c'))).toEqual([
      'Version 4 gets no request any more: version 3 has them all.',
    ]);

    expect(lens.calls).toEqual(['live 3']);
    expect(settings).toEqual({});
  });

  it('goes back to the version before that has its image, and holds it', async () => {
    await endRollout(partsOf('a', 'c'));

    expect(lens.calls).toEqual(['live 1']);
    expect(settings).toEqual({ liveVersion: '1' });
  });

  it('says so where there is none', async () => {
    await expect(endRollout(partsOf('c'))).rejects.toThrow('There is no version before 3 that could start.');
  });
});

import { beforeEach, expect, it } from 'vitest';
import { describeCandidates } from '../../../cli/operate/describe-candidates.ts';
import { clearRollBack, listCandidates, type RollBackParts, rollBack } from '../../../cli/operate/roll-back.ts';
import { fileInMemory } from './file-in-memory.ts';
import { digestOf, FunctionInMemory, ShelfInMemory } from './function-in-memory.ts';

let lens: FunctionInMemory;
let shelf: ShelfInMemory;
let settings: Record<string, string>;
let parts: RollBackParts;

beforeEach(() => {
  lens = new FunctionInMemory();
  shelf = new ShelfInMemory('c', 'b');
  settings = {};
  parts = { control: lens, openShelf: async () => shelf, file: fileInMemory(settings), keepTag: 'live' };
});

it('lists the versions with model, date and image, and marks what is live and whose image is gone', async () => {
  expect(describeCandidates(await listCandidates(parts)).split('\n')).toEqual([
    'version   published (UTC)   model             image',
    '3 (live)  2026-11-03 12:00  model clothing c  cccccccccccc',
    '2         2026-11-02 12:00  model clothing b  bbbbbbbbbbbb',
    '1         2026-11-01 12:00  model clothing a  aaaaaaaaaaaa, gone',
  ]);
});

it('moves the alias, keeps the image, and has the stack hold the version', async () => {
  const lines = await rollBack(parts, '2');

  expect(lens.calls).toEqual(['live 2']);
  expect(shelf.tags).toEqual(new Map([['live', digestOf('b')]]));
  expect(settings).toEqual({ liveVersion: '2' });
  expect(lines[0]).toBe('Version 2 is live now, at the same addresses.');
});

it('holds the version that is live, without moving anything', async () => {
  await rollBack(parts, '3');

  expect(lens.calls).toEqual([]);
  expect(settings).toEqual({ liveVersion: '3' });
});

it('ends a rollout that is under way', async () => {
  lens.canary = { version: '4', share: 0.1 };

  await rollBack(parts, '3');

  expect(lens.calls).toEqual(['live 3']);
});

it.each([
  ['that there is not', '9', 'There is no version 9'],
  ['whose image is gone', '1', 'The image of version 1 is gone'],
])('refuses a version %s, and changes nothing', async (_case, version, message) => {
  await expect(rollBack(parts, version)).rejects.toThrow(message);

  expect(lens.calls).toEqual([]);
  expect(settings).toEqual({});
});

it('leaves it to Lambda where the repository may not be read', async () => {
  const denied = { ...parts, openShelf: () => Promise.reject(new Error('denied')) };

  await rollBack(denied, '1');

  expect(lens.live).toBe('1');
});

it('clears what it has set', async () => {
  const file = fileInMemory(settings);

  await rollBack(parts, '2');

  expect(await clearRollBack(file)).toEqual([expect.stringContaining('newest version live')]);
  expect(settings).toEqual({});
  expect(await clearRollBack(file)).toEqual([expect.stringContaining('names no liveVersion')]);
});

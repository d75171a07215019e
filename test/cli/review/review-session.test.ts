import { hash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { PhotoFinder } from '../../../cli/review/photo-finder.ts';
import { PhotoStore } from '../../../cli/review/photo-store.ts';
import { preparePhoto } from '../../../cli/review/prepare-photo.ts';
import type { AnsweredPhoto } from '../../../cli/review/read-results.ts';
import { ReviewJournal } from '../../../cli/review/review-journal.ts';
import { ReviewSession } from '../../../cli/review/review-session.ts';
import { assets } from '../../../function/bundling/assets.ts';
import { PhotoError } from '../../../photo/photo-error.ts';
import { answeredPhoto } from './answered-photo.ts';
import { patchworkPng } from './patchwork.ts';

const folder = mkdtempSync(join(tmpdir(), 'review-session-'));
afterAll(() => rmSync(folder, { recursive: true }));
let sittings = 0;

/** A folder of its own with photos by name; the photos' answers are ever less doubtful in that order. */
function lay(files: Readonly<Record<string, Uint8Array>>) {
  const root = join(folder, String(sittings++));
  mkdirSync(join(root, 'inbox'), { recursive: true });
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(root, 'inbox', name), bytes);
  const photos = Object.keys(files).map((name, at) =>
    answeredPhoto(join(root, 'inbox', name), { hat: 0.5 + at / 100, dress: 0.5 - at / 100 }),
  );
  return { root, photos };
}

async function open(
  root: string,
  photos: readonly AnsweredPhoto[],
  fetched: Record<string, Uint8Array> = {},
  folder?: string,
) {
  const results = join(root, 'results.jsonl');
  const finder = new PhotoFinder({ results, photos: folder });
  return new ReviewSession({
    results,
    photos,
    folder,
    journal: new ReviewJournal(`${results}.review`),
    into: await PhotoStore.open(join(root, 'photos')),
    others: await PhotoStore.open(join(root, 'others')),
    mayFind: (photo) => finder.mayFind(photo),
    prepare: (photo) =>
      preparePhoto(photo, {
        folder,
        candidates: (wanted) => finder.candidates(wanted),
        fetchPhoto: async (address) => {
          const bytes = fetched[address];
          if (bytes === undefined) throw new PhotoError('empty', 'The server answered nothing.', 'Ask it later.');
          return bytes;
        },
        webpWasmFile: assets.webpWasmFile,
      }),
  });
}

const filesIn = (root: string, ...path: string[]) =>
  existsSync(join(root, ...path)) ? readdirSync(join(root, ...path)).sort() : [];
const nameOf = (bytes: Uint8Array) => `${hash('sha256', bytes).slice(0, 32)}.png`;
const [one, two, three] = [1, 2, 3].map((seed) => patchworkPng(seed)) as [Buffer, Buffer, Buffer];

describe('a review', () => {
  it('copies each photo to what a person says of it, and leaves the photo itself', async () => {
    const { root, photos } = lay({ 'one.png': one, 'two.png': two, 'three.png': three });
    const session = await open(root, photos);
    const { photo, labels } = await session.state();

    expect(photo).toMatchObject({ id: 0, width: 36, height: 36, verdict: 'unsure' });
    expect(labels.map(({ name }) => name)).toEqual(['dress', 'hat']);

    await session.say({ id: 0, label: 'hat' });
    const { state } = await session.say({ id: 2, none: true });
    const { state: end, done } = await session.say({ id: 1, skip: true });

    expect(state.counts).toMatchObject({ all: 3, labelled: 1, none: 1, skipped: 0 });
    expect(done).toBe('Skipped.');
    expect(end.photo).toBeUndefined();
    expect(end.labels).toContainEqual({ name: 'hat', photos: 1 });
    expect(filesIn(root, 'photos', 'hat')).toEqual([nameOf(one)]);
    expect(filesIn(root, 'others')).toEqual([nameOf(three)]);
    expect(filesIn(root, 'inbox')).toEqual(['one.png', 'three.png', 'two.png']);
  });

  it('takes decisions back one by one, beyond the sitting, and shows their photos again', async () => {
    const { root, photos } = lay({ 'one.png': one, 'two.png': two });
    const first = await open(root, photos);
    await first.state();
    await first.say({ id: 0, label: 'hat' });
    first.close();
    const second = await open(root, photos);

    expect((await second.state()).photo?.id).toBe(1);

    await second.say({ id: 1, none: true });
    const undone = await second.undo();

    expect(undone).toMatchObject({ done: 'Undone, the copy removed.', state: { photo: { id: 1 }, canUndo: true } });
    expect(filesIn(root, 'others')).toEqual([]);

    const { state } = await second.undo();

    expect(state).toMatchObject({ photo: { id: 0 }, canUndo: false, counts: { labelled: 0, all: 2 } });
    expect(filesIn(root, 'photos', 'hat')).toEqual([]);
    expect((await second.undo()).done).toBe('There is nothing to undo.');

    await second.say({ id: 0, label: 'dress' });

    expect(filesIn(root, 'photos', 'dress')).toEqual([nameOf(one)]);
  });

  it('does nothing by a word about another photo than the one shown', async () => {
    const { root, photos } = lay({ 'one.png': one, 'two.png': two });
    const session = await open(root, photos);
    await session.state();

    await Promise.all([session.say({ id: 0, label: 'hat' }), session.say({ id: 0, label: 'dress' })]);
    const { state } = await session.say({ id: 7, label: 'dress' });

    expect(state.photo?.id).toBe(1);
    expect(filesIn(root, 'photos')).toEqual(['hat']);
  });

  it('shows near copies behind all others', async () => {
    const { root, photos } = lay({ 'one.png': one, 'copy.png': patchworkPng(1, 20), 'two.png': two });
    const session = await open(root, photos);
    await session.state();

    const second = await session.say({ id: 0, label: 'hat' });
    const third = await session.say({ id: 2, label: 'dress' });

    expect([second, third].map(({ state }) => state.photo?.id)).toEqual([2, 1]);
  });

  it('shows what was skipped once more, when it is asked to and in the next sitting', async () => {
    const { root, photos } = lay({ 'one.png': one, 'two.png': two });
    const session = await open(root, photos);
    await session.state();
    await session.say({ id: 0, skip: true });
    const { state } = await session.say({ id: 1, skip: true });

    expect(state).toMatchObject({ next: [], counts: { all: 2, skipped: 2 } });
    expect((await session.again()).state).toMatchObject({ photo: { id: 0 }, counts: { skipped: 0 } });

    await session.say({ id: 0, label: 'hat' });
    await session.say({ id: 1, skip: true });

    expect((await session.again()).state).toMatchObject({ photo: { id: 1 }, next: [], counts: { labelled: 1 } });

    session.close();
    const next = await open(root, photos);

    expect(await next.state()).toMatchObject({ photo: { id: 1 }, counts: { labelled: 1, skipped: 0 } });
  });

  it('leaves out, and counts, what is missing, damaged, changed or known, each with its sentence', async () => {
    const { root, photos } = lay({
      'cut.png': one.subarray(0, 300),
      'known.png': two,
      'other.png': three,
      'one.png': one,
    });
    mkdirSync(join(root, 'photos', 'dress'), { recursive: true });
    writeFileSync(join(root, 'photos', 'dress', 'holiday.png'), two);
    const lost = answeredPhoto('lost.jpg', { hat: 1 });
    const input = answeredPhoto('-', { hat: 1 });
    const [cut, known, other, whole] = photos as [AnsweredPhoto, AnsweredPhoto, AnsweredPhoto, AnsweredPhoto];
    const answered = [cut, known, { ...other, sha256: 'ab' }, { ...whole, verdict: 'confident' }] as const;
    const session = await open(root, [lost, input, ...answered]);

    const { photo, counts, leftOut } = await session.state();

    expect(photo?.id).toBe(5);
    expect(counts).toMatchObject({ all: 1, leftOut: 4, known: 1 });
    expect(leftOut.map(({ sentence }) => sentence)).toEqual([
      expect.stringMatching(/no such file any more.*--photos/),
      expect.stringMatching(/standard input/),
      expect.stringMatching(/damaged|cut off|ends/i),
      expect.stringMatching(/another photo than the one/),
    ]);
    expect(await session.preview(0)).toBeUndefined();
    expect(await session.preview(99)).toBeUndefined();
    // A JPEG, whatever the photo is.
    expect([...((await session.preview(5)) ?? [])].slice(0, 2)).toEqual([0xff, 0xd8]);
  });

  it('finds what was moved below another folder, and says what is not there either', async () => {
    const { root } = lay({ 'renamed.png': one });
    const lost = answeredPhoto('gone/lost.png', { hat: 1 });
    const moved = answeredPhoto('gone/one.png', { hat: 1 }, { sha256: hash('sha256', one), sizeInBytes: one.length });
    const session = await open(root, [lost, moved], {}, join(root, 'inbox'));

    const { photo, leftOut } = await session.state();

    expect(photo?.id).toBe(1);
    expect(leftOut).toMatchObject([{ sentence: expect.stringMatching(/neither where it was nor below .*inbox/) }]);
  });

  it('fetches photos that were given by their address, and says where that fails', async () => {
    const { root } = lay({});
    const addresses = ['https://example.org/a.png', 'https://example.org/gone.png'];
    const photos = addresses.map((name) => answeredPhoto(name, { hat: 0.5, dress: 0.5 }));
    const session = await open(root, photos, { [addresses[0] as string]: one });
    await session.state();

    const { state } = await session.say({ id: 0, label: 'hat' });

    expect(state.leftOut).toMatchObject([{ name: addresses[1], sentence: expect.stringMatching(/Ask it later/) }]);
    expect(filesIn(root, 'photos', 'hat')).toEqual([nameOf(one)]);
  });

  it('makes new labels, spelt as those that are there, and refuses what can be no folder', async () => {
    const { root, photos } = lay({ 'one.png': one, 'two.png': two });
    const session = await open(root, [...photos, answeredPhoto('x.jpg', { '../up': 0.5, HAT: 0.5 })]);
    const { labels } = await session.state();

    expect(labels.map(({ name }) => name)).toEqual(['HAT', 'dress']);
    await expect(session.say({ id: 0, label: '../../up' })).rejects.toThrow(/can be no label: it begins with a dot/);
    expect((await session.state()).photo?.id).toBe(0);

    const { state } = await session.say({ id: 0, label: 'sun hat' });
    await session.say({ id: 1, label: 'Dress' });

    expect(state.labels.at(-1)).toEqual({ name: 'sun hat', photos: 1 });
    expect(filesIn(root, 'photos')).toEqual(['dress', 'sun hat']);
    expect(filesIn(root)).not.toContain('up');
  });

  it('says what cannot be done, and stays at the photo', async () => {
    const { root, photos } = lay({ 'one.png': one });
    const session = await open(root, photos);
    await session.state();
    mkdirSync(join(root, 'photos'));
    writeFileSync(join(root, 'photos', 'hat'), 'a file');

    await expect(session.say({ id: 0, label: 'hat' })).rejects.toThrow(/is a file, not a folder/);

    writeFileSync(photos[0]?.name ?? '', two);

    await expect(session.say({ id: 0, label: 'dress' })).rejects.toThrow(/changed while you looked/);
    expect((await session.state()).photo?.id).toBe(0);
    expect(filesIn(root, 'photos')).toEqual(['hat']);
  });
});

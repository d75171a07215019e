import { cpSync, mkdtempSync, readFileSync, rmSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, it } from 'vitest';
import { assets } from '../../function/bundling/assets.ts';
import { readCheckedModel } from '../../model/checked-model.ts';
import { load } from '../../model/classifier.ts';
import { readGraphFile } from '../../model/graph/read-graph-file.ts';
import { noteCheckedModel } from '../../model/note-checked-model.ts';
import { writeTinyModel } from '../helpers/tiny-model.ts';

const tiny = writeTinyModel();
const scratch = mkdtempSync(join(tmpdir(), 'lambda-lens-checked-'));
const directory = join(scratch, 'model');
const later = new Date('2001-01-01T00:00:00Z');
beforeEach(() => {
  rmSync(directory, { recursive: true, force: true });
  cpSync(tiny, directory, { recursive: true });
});
afterAll(() => rmSync(scratch, { recursive: true }));

async function versionOf(folder: string): Promise<string> {
  const classifier = await load(folder, assets);
  classifier.dispose();
  return classifier.version;
}

it('knows nothing of a directory that was not checked', () => {
  expect(readCheckedModel(directory)).toBeUndefined();
});

it('knows the versions of one that was, which are those that a load finds', async () => {
  const { weightsVersion, digest } = readGraphFile(directory);
  const version = await versionOf(directory);

  noteCheckedModel(directory);

  expect(readCheckedModel(directory)).toMatchObject({ weightsVersion, digest });
  expect(await versionOf(directory)).toBe(version);
});

it.each(['model.json', 'weights.bin', 'card.json'])('trusts no note once %s has another time', (name) => {
  noteCheckedModel(directory);
  utimesSync(join(directory, name), later, later);

  expect(readCheckedModel(directory)).toBeUndefined();
});

it.each(['model.json', 'weights.bin', 'card.json'])('trusts no note once %s has another size', (name) => {
  const path = join(directory, name);
  utimesSync(path, later, later);
  noteCheckedModel(directory);
  truncateSync(path, readFileSync(path).length - 1);
  utimesSync(path, later, later);

  expect(readCheckedModel(directory)).toBeUndefined();
});

it('trusts no note of another format, and refuses one that is damaged', () => {
  const note = join(directory, 'checked.json');
  noteCheckedModel(directory);
  writeFileSync(note, readFileSync(note, 'utf8').replace('"format": 1', '"format": 2'));

  expect(readCheckedModel(directory)).toBeUndefined();
  truncateSync(note, 20);
  expect(() => readCheckedModel(directory)).toThrow('checked.json');
});

it.each([
  'null',
  '[]',
  '{"format":1}',
  '{"format":1,"files":{}}',
  '{"format":1,"files":{"model.json":null}}',
])('trusts no note that says %s', (text) => {
  writeFileSync(join(directory, 'checked.json'), text);

  expect(readCheckedModel(directory)).toBeUndefined();
});

it.each(['model.json', 'weights.bin', 'card.json'])('leaves it to the load to miss %s', async (name) => {
  noteCheckedModel(directory);
  rmSync(join(directory, name));

  expect(readCheckedModel(directory)).toBeUndefined();
  await expect(versionOf(directory)).rejects.toMatchObject({ name: 'ModelError' });
});

it('writes no note of a model that cannot be loaded', () => {
  const weights = join(directory, 'weights.bin');
  writeFileSync(weights, new Uint8Array(readFileSync(weights).length).fill(0xff));

  expect(() => noteCheckedModel(directory)).toThrow('a number that is infinite');
  expect(readCheckedModel(directory)).toBeUndefined();
});

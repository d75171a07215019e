import { hash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { PhotoFinder } from '../../../cli/review/photo-finder.ts';
import type { AnsweredPhoto } from '../../../cli/review/read-results.ts';
import { answeredPhoto } from './answered-photo.ts';

const folder = mkdtempSync(join(tmpdir(), 'photo-finder-'));
afterAll(() => rmSync(folder, { recursive: true }));

function write(path: string, text: string): string {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

const photo = (name: string, more: Partial<AnsweredPhoto> = {}) => answeredPhoto(name, { hat: 1 }, more);
const results = join(folder, 'results.jsonl');
const archive = join(folder, 'archive');
const there = write('inbox/a.jpg', 'a');
const deep = write('archive/2026/inbox/b.jpg', 'bb');
const twin = write('archive/1/IMG.jpg', 'ccc');
const otherTwin = write('archive/2/IMG.jpg', 'dddd');
const kept = write('archive/kept/9f2c.jpg', 'eeeee');
const renamed = write('archive/new name.jpg', 'ffffff');
const contentOf = (text: string) => ({ sha256: hash('sha256', text), sizeInBytes: text.length });

describe('the file of a photo', () => {
  it.each([
    ['from the folder of the results', photo('inbox/a.jpg'), [there]],
    ['by its whole path', photo(there), [there]],
    ['by the end of its path', photo('/gone/2026/inbox/b.jpg'), [deep]],
    ['by its name alone, where there is one of that name', photo('elsewhere/b.jpg'), [deep]],
    ['by its key in S3', photo('s3://shop/x/inbox/b.jpg'), [deep]],
    ['by the id that a stack keeps it under', photo('s3://shop/x.jpg', { id: '9f2c' }), [kept]],
    ['by its size, of several of one name', photo('elsewhere/IMG.jpg', contentOf('dddd')), [otherTwin]],
    ['by its content, called something else', photo('old name.jpg', contentOf('ffffff')), [renamed]],
    ['not where two have the name and nothing tells which', photo('elsewhere/IMG.jpg'), []],
    ['not where another photo has its name', photo('inbox/a.jpg', contentOf('much longer')), []],
    ['not outside of the folder', photo('../inbox/a.jpg'), []],
    ['not where its path leads through a file', photo(join(there, 'b')), []],
    ['not where it is an address', photo('https://example.org/a.jpg'), []],
    ['not where it is a folder', photo('inbox'), []],
  ])('is found %s', (_how, wanted, paths) => {
    const finder = new PhotoFinder({ results, photos: archive });

    expect([...finder.candidates(wanted)]).toEqual(paths);
  });

  it('is looked for below no other folder unless one is named', () => {
    const finder = new PhotoFinder({ results, photos: undefined });

    expect(finder.mayFind(photo('elsewhere/b.jpg'))).toBe(false);
    expect(finder.mayFind(photo('inbox/a.jpg'))).toBe(true);
    expect(finder.mayFind(photo('https://example.org/a.jpg'))).toBe(true);
    expect([twin, otherTwin].every((path) => finder.mayFind(photo(path)))).toBe(true);
  });

  it('is missed in a folder that is not there, in a sentence', () => {
    expect(() => new PhotoFinder({ results, photos: join(folder, 'nothing') })).toThrow(/cannot be read/);
  });
});

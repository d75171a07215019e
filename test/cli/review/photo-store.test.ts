import { hash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { PhotoStore } from '../../../cli/review/photo-store.ts';

const folder = mkdtempSync(join(tmpdir(), 'photo-store-'));
afterAll(() => rmSync(folder, { recursive: true }));
let stores = 0;
const newDirectory = () => join(folder, String(stores++));

function content(text: string) {
  const bytes = Buffer.from(text);
  return { bytes, sha256: hash('sha256', bytes), extension: '.jpg' };
}

describe('a folder of photos that grows', () => {
  it('is made with its first photo, and has each content once', async () => {
    const directory = newDirectory();
    const store = await PhotoStore.open(directory);
    const photo = content('a photo');

    const first = await store.put('hat', photo);
    const second = await store.put('hat', photo);

    expect(first).toEqual({ path: join('hat', `${photo.sha256.slice(0, 32)}.jpg`), isNew: true });
    expect(second).toEqual({ ...first, isNew: false });
    expect(readdirSync(join(directory, 'hat'))).toEqual([`${photo.sha256.slice(0, 32)}.jpg`]);
    expect(readFileSync(join(directory, first.path), 'utf8')).toBe('a photo');
    expect([...store.folders]).toEqual([['hat', 1]]);
  });

  it('knows what lies in it already, under whatever name and however deep', async () => {
    const directory = newDirectory();
    mkdirSync(join(directory, 'hat', 'summer'), { recursive: true });
    mkdirSync(join(directory, '.hidden'));
    mkdirSync(join(directory, 'empty'));
    writeFileSync(join(directory, 'hat', 'summer', 'IMG_1.JPG'), 'a photo');
    writeFileSync(join(directory, 'hat', 'other.jpg'), 'another');
    writeFileSync(join(directory, 'hat', 'notes.txt'), 'a photo');

    const store = await PhotoStore.open(directory);
    const find = (text: string) => store.find({ ...content(text), sizeInBytes: text.length });

    expect([...store.folders]).toEqual([
      ['empty', 0],
      ['hat', 2],
    ]);
    expect(find('a photo')).toBe(join('hat', 'summer', 'IMG_1.JPG'));
    expect(find('a fhoto')).toBeUndefined();
  });

  it('never overwrites: neither a photo of the same name nor through a link', async () => {
    const directory = newDirectory();
    const photo = content('a photo');
    const name = `${photo.sha256.slice(0, 32)}.jpg`;
    mkdirSync(join(directory, 'hat'), { recursive: true });
    writeFileSync(join(directory, 'hat', name), 'what was there');
    mkdirSync(join(folder, 'elsewhere'));
    symlinkSync(join(folder, 'elsewhere'), join(directory, 'linked'));
    writeFileSync(join(directory, 'file'), '');
    const store = await PhotoStore.open(directory);

    await expect(store.put('hat', photo)).rejects.toThrow(/holds something else/);
    await expect(store.put('linked', photo)).rejects.toThrow(/is a link, not a folder/);
    await expect(store.put('file', photo)).rejects.toThrow(/is a file, not a folder/);
    await expect(store.put('../elsewhere', photo)).rejects.toThrow(/no name for a folder/);
    await expect(store.put('a/b', photo)).rejects.toThrow(/no name for a folder/);
    expect(readFileSync(join(directory, 'hat', name), 'utf8')).toBe('what was there');
    expect(readdirSync(join(folder, 'elsewhere'))).toEqual([]);
    expect([...store.folders.keys()]).not.toContain('linked');
  });

  it('takes a copy back with the folder that it was the first in, and leaves what was changed', async () => {
    const directory = newDirectory();
    mkdirSync(join(directory, 'old'), { recursive: true });
    const store = await PhotoStore.open(directory);
    const [one, other] = [content('one'), content('other')];
    const [first, second] = [await store.put('new', one), await store.put('old', other)];

    expect(await store.takeBack(first.path, one.sha256)).toBe(true);
    expect(readdirSync(directory)).toEqual(['old']);
    expect(store.find({ ...one, sizeInBytes: 3 })).toBeUndefined();

    writeFileSync(join(directory, second.path), 'drawn over');

    expect(await store.takeBack(second.path, other.sha256)).toBe(false);
    expect(readFileSync(join(directory, second.path), 'utf8')).toBe('drawn over');
  });

  it('takes nothing back that it did not put there, whatever a record says', async () => {
    const directory = newDirectory();
    const photo = content('a photo');
    const outside = join(folder, `${photo.sha256.slice(0, 32)}.jpg`);
    writeFileSync(outside, 'a photo');
    mkdirSync(join(directory, 'hat'), { recursive: true });
    writeFileSync(join(directory, 'hat', 'mine.jpg'), 'a photo');
    const store = await PhotoStore.open(directory);

    for (const path of [`../${basename(outside)}`, `hat/../../${basename(outside)}`, outside, 'hat/mine.jpg'])
      expect(await store.takeBack(path, photo.sha256), path).toBe(false);

    expect(readFileSync(outside, 'utf8')).toBe('a photo');
  });

  it('says what is wrong with a folder that is a file', async () => {
    const path = newDirectory();
    writeFileSync(path, '');

    await expect(PhotoStore.open(path)).rejects.toThrow(/cannot be read/);
  });
});

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { CliError } from '../../../cli/cli-error.ts';
import { findLabelledPhotos, findPhotos } from '../../../cli/photos/find-photos.ts';

const folder = mkdtempSync(join(tmpdir(), 'find-photos-'));
afterAll(() => rmSync(folder, { recursive: true }));

for (const path of [
  'kinds/hat/b.JPG',
  'kinds/hat/a.jpeg',
  'kinds/hat/notes.txt',
  'kinds/shoes/x/1.webp',
  'kinds/.git/c.jpg',
]) {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), '');
}

describe('findLabelledPhotos', () => {
  it('finds photos by label, then by name, in folders of any depth', async () => {
    const photos = await findLabelledPhotos(join(folder, 'kinds'), ['shoes', 'skirt', 'hat']);

    expect(photos).toEqual([
      { path: join(folder, 'kinds/shoes/x/1.webp'), label: 0 },
      { path: join(folder, 'kinds/hat/a.jpeg'), label: 2 },
      { path: join(folder, 'kinds/hat/b.JPG'), label: 2 },
    ]);
  });

  it.each([
    ['a folder that is none', 'nowhere', 'nowhere cannot be read: there is no such file or folder.'],
    ['a folder without class folders', 'kinds/hat', 'There are no photos in class folders'],
    ['a folder named after no label', '.', 'is named after no label'],
  ])('refuses %s', async (_title, directory, message) => {
    const photos = findLabelledPhotos(join(folder, directory), ['hat', 'shoes']);

    await expect(photos).rejects.toThrow(message);
    await expect(photos).rejects.toBeInstanceOf(CliError);
  });
});

it('names the labels that folders are to be called after, not all of a thousand', async () => {
  const labels = ['hat', 'shoes', 'skirt', 'shirt'];

  await expect(findLabelledPhotos(join(folder, 'kinds/hat'), labels)).rejects.toThrow(
    expect.objectContaining({ hint: expect.stringContaining('(hat, shoes, skirt, …)') }),
  );
});

describe('findPhotos', () => {
  it('finds every photo below a folder', async () => {
    expect(await findPhotos(join(folder, 'kinds/hat'))).toHaveLength(2);
  });

  it('gives them by name, in whatever order the disk keeps them', async () => {
    // 7 and 31 share no factor, so that each number comes once, and neither up nor down.
    const names = Array.from({ length: 31 }, (_, index) => `${10 + ((index * 7) % 31)}.jpg`);
    mkdirSync(join(folder, 'many'));
    for (const name of names) writeFileSync(join(folder, 'many', name), '');

    const found = await findPhotos(join(folder, 'many'));

    expect(found).toEqual(names.toSorted().map((name) => join(folder, 'many', name)));
  });
});

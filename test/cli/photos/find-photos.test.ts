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
    ['a folder that is none', 'nowhere', 'cannot be read'],
    ['a folder without class folders', 'kinds/hat', 'There are no photos in class folders'],
    ['a folder named after no label', '.', 'is named after no label'],
  ])('refuses %s', async (_title, directory, message) => {
    const photos = findLabelledPhotos(join(folder, directory), ['hat', 'shoes']);

    await expect(photos).rejects.toThrow(message);
    await expect(photos).rejects.toBeInstanceOf(CliError);
  });
});

describe('findPhotos', () => {
  it('finds every photo below a folder', async () => {
    expect(await findPhotos(join(folder, 'kinds/hat'))).toHaveLength(2);
  });
});

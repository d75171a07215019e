import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { findClassFolders } from '../../../training/photos/find-class-folders.ts';

const folder = mkdtempSync(join(tmpdir(), 'class-folders-'));
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, ...files: readonly string[]): string {
  for (const file of files) {
    const path = join(folder, name, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, '');
  }
  return join(folder, name);
}

it('finds photos by label, those in folders of a class folder too', async () => {
  const path = write(
    'plain',
    'b/2.PNG',
    'b/1.jpg',
    'a/x/y/3.webp',
    'a/4.jpeg',
    'a/notes.txt',
    '.git/5.jpg',
    'a/.6.jpg',
  );

  expect(await findClassFolders(path)).toEqual({
    folders: [
      { label: 'a', photos: [join(path, 'a/4.jpeg'), join(path, 'a/x/y/3.webp')] },
      { label: 'b', photos: [join(path, 'b/1.jpg'), join(path, 'b/2.PNG')] },
    ],
    skipped: [],
  });
});

it.each([
  ['a/1.HEIC', /HEIC is not read: export it as JPEG/],
  ['a/1.mov', /a video is no photo/],
  ['a/b/1.tiff', /TIFF is not read/],
  ['1.jpg', /lies in no class folder/],
  ['1.mp4', /a video/],
  ['a/1.zip', /an archive/],
])('names %s and says why it is left out', async (file, reason) => {
  const path = write(`skips-${file.replaceAll('/', '-')}`, 'a/2.jpg', file);

  const { skipped } = await findClassFolders(path);

  expect(skipped).toEqual([{ path: join(path, file), reason: expect.stringMatching(reason) }]);
});

it('asks for one level more where class folders hold only folders', async () => {
  const path = write('deep', 'train/cat/1.jpg', 'train/dog/2.jpg', 'test/cat/3.jpg');

  await expect(findClassFolders(path)).rejects.toMatchObject({
    message: expect.stringMatching(/hold no photos, only folders \(cat\)/),
    hint: expect.stringMatching(/one level more: .*deep.test, or .*deep.train/),
  });
});

it('says that a folder is missing', async () => {
  await expect(findClassFolders(join(folder, 'none'))).rejects.toThrow(
    /none cannot be read: there is no such file or folder\./,
  );
});

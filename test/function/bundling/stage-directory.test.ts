import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { stageDirectory } from '../../../function/bundling/stage-directory.ts';

const folder = mkdtempSync(join(tmpdir(), 'staged-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function timeOfStaged(content: string, directory = 'out'): Promise<number> {
  await stageDirectory(join(folder, directory), (staging) => writeFile(join(staging, 'index.mjs'), content));
  return statSync(join(folder, directory, 'index.mjs')).mtimeMs;
}

describe('the time of a staged file', () => {
  it('is the same for the same content, wherever and whenever it is staged', async () => {
    expect(await timeOfStaged('import "./chunk-AAAA.mjs"', 'elsewhere')).toBe(
      await timeOfStaged('import "./chunk-AAAA.mjs"'),
    );
  });

  it('is another for other content of the same size, or a builder would keep the file that it had', async () => {
    expect(await timeOfStaged('import "./chunk-BBBB.mjs"')).not.toBe(await timeOfStaged('import "./chunk-AAAA.mjs"'));
  });
});

describe('a staged directory', () => {
  it('takes the place of no file', async () => {
    const file = join(folder, 'a file');
    await writeFile(file, 'kept');

    const staged = stageDirectory(file, (staging) => writeFile(join(staging, 'index.mjs'), ''));

    await expect(staged).rejects.toMatchObject({ reason: 'not_plain' });
    expect(readFileSync(file, 'utf8')).toBe('kept');
  });
});

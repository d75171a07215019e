import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { assets } from '../../function/bundling/assets.ts';
import { installDirectory } from '../../importer/install-directory.ts';
import { load } from '../../model/classifier.ts';
import { matrix } from '../helpers/matrix.ts';
import { writeTinyModel } from '../helpers/tiny-model.ts';

const folder = mkdtempSync(join(tmpdir(), 'install-'));
const before = writeTinyModel({ card: { name: 'before' } });
const after = writeTinyModel({ card: { name: 'after' }, kernel: matrix('1 0, 0 1, 0 0') });
const program = join(import.meta.dirname, 'install-and-die.ts');
let count = 0;

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function newTarget(): string {
  const parent = join(folder, String(count++));
  mkdirSync(parent);
  return join(parent, 'mine');
}

const fill = (source: string) => async (staging: string) => cpSync(source, staging, { recursive: true });

async function nameOf(directory: string): Promise<string> {
  const classifier = await load(directory, assets);
  classifier.dispose();
  return classifier.card.name;
}

const leftBeside = (target: string) => readdirSync(join(target, '..')).sort();

describe('a model directory', () => {
  it('is replaced as a whole, but for what its owner keeps in it', async () => {
    const target = newTarget();
    await installDirectory(target, fill(before));
    for (const name of ['about.md', 'parity.json', 'README.md']) writeFileSync(join(target, name), 'text');

    await installDirectory(target, fill(after));

    expect(await nameOf(target)).toBe('after');
    expect(readdirSync(target).sort()).toEqual(['about.md', 'card.json', 'model.json', 'weights.bin']);
    expect(leftBeside(target)).toEqual(['mine']);
  });

  it('stays as it was where the import fails', async () => {
    const target = newTarget();

    await installDirectory(target, fill(before));

    await expect(installDirectory(target, () => Promise.reject(new Error('no')))).rejects.toThrow('no');

    expect([await nameOf(target), leftBeside(target)]).toEqual(['before', ['mine']]);
  });

  it('leaves no folder behind where the import fails, but those that were there', async () => {
    const target = join(newTarget(), 'deep', 'mine');

    await expect(installDirectory(target, () => Promise.reject(new Error('no')))).rejects.toThrow('no');

    expect(existsSync(join(target, '../..'))).toBe(false);
    expect(existsSync(join(target, '../../..'))).toBe(true);
  });

  it('is never made of a folder with other files in it', async () => {
    const target = newTarget();
    mkdirSync(target);
    writeFileSync(join(target, 'holiday.jpg'), '');

    await expect(installDirectory(target, fill(after))).rejects.toThrow(/holds files, but no model/);
    expect(readFileSync(join(target, 'holiday.jpg'), 'utf8')).toBe('');
  });

  it('is not written by two imports at once', async () => {
    const target = newTarget();
    const hasBegun = Promise.withResolvers<void>();
    const isToEnd = Promise.withResolvers<void>();
    const first = installDirectory(target, async (staging) => {
      hasBegun.resolve();
      await isToEnd.promise;
      await fill(before)(staging);
    });
    await hasBegun.promise;

    await expect(installDirectory(target, fill(after))).rejects.toThrow(/writing it/);

    isToEnd.resolve();
    await first;

    expect(await nameOf(target)).toBe('before');
  });
});

describe('an import that is killed', () => {
  const calls = Array.from({ length: 9 }, (_, at) => at + 1);

  it.each(
    calls.flatMap(
      (call) =>
        [
          ['before', call],
          ['after', call],
        ] as const,
    ),
  )('%s its change %i leaves one whole model', async (when, call) => {
    const target = newTarget();
    await installDirectory(target, fill(before));
    const untouched = join(folder, `${count}-copy`);
    const killed = spawnSync(process.execPath, [program, target, after, when, String(call)]);
    cpSync(join(target, '..'), untouched, { recursive: true });

    const loaded = await nameOf(target);
    await installDirectory(join(untouched, 'mine'), fill(after));

    expect(['before', 'after']).toContain(loaded);
    expect(killed.signal === 'SIGKILL' || killed.status === 0, String(killed.stderr)).toBe(true);
    expect(await nameOf(join(untouched, 'mine'))).toBe('after');
    expect(leftBeside(join(untouched, 'mine'))).toEqual(['mine']);
    expect(existsSync(join(target, 'card.json'))).toBe(true);
  });
});

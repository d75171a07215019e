import { cp, mkdir, readdir, rename, rm, rmdir } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { lockFile } from '../files/lock-file.ts';
import { isSystemError } from '../files/system-reason.ts';
import { finishSwap, swapPaths } from '../model/finish-swap.ts';
import { ImportError } from './import-error.ts';

/** What an import or a training writes, and what `evaluate` wrote of the model that was there. */
const replaced = [
  ...['model.json', 'weights.bin', 'card.json', 'parity.json', 'README.md', 'evaluation'],
  ...['report.html', 'training.json'],
];

/**
 * Runs `fill` on an empty directory beside `target` and, when that succeeds, puts it in the place of `target` as a whole;
 * what its owner keeps there (about.md) moves along. However an import is killed, the next `load` or import finds one whole
 * model: see {@link finishSwap}. A failure leaves an earlier model as it was, and no folders
 * made on the way to `target`.
 * @throws ImportError where the target holds files, but no model
 * @throws FileError while another import writes the same directory
 */
export async function installDirectory<Result>(
  target: string,
  fill: (staging: string, earlier: string | undefined) => Promise<Result>,
): Promise<Result> {
  const path = resolve(target);
  const made = await mkdir(dirname(path), { recursive: true });
  try {
    return await installInto(path, fill);
  } catch (error) {
    if (made !== undefined) await removeEmpty(dirname(path), made);
    throw error;
  }
}

async function installInto<Result>(
  path: string,
  fill: (staging: string, earlier: string | undefined) => Promise<Result>,
): Promise<Result> {
  const lock = lockFile(join(dirname(path), `.${basename(path)}`));
  const { next, old } = swapPaths(path);
  try {
    const isThere = finishSwap(path);
    const kept = isThere ? await listKept(path) : [];
    // What a killed import left.
    for (const left of [next, old]) await rm(left, { recursive: true, force: true });
    await mkdir(next);
    try {
      const result = await fill(next, isThere ? path : undefined);
      for (const name of kept) await cp(join(path, name), join(next, name), { recursive: true });
      if (isThere) await rename(path, old);
      await rename(next, path);
      await rm(old, { recursive: true, force: true });
      return result;
    } finally {
      await rm(next, { recursive: true, force: true });
    }
  } finally {
    lock.release();
  }
}

/** Takes folders away from the innermost to the outermost, as far as nothing lies in them. */
async function removeEmpty(innermost: string, outermost: string): Promise<void> {
  try {
    for (let path = innermost; path.length >= outermost.length; path = dirname(path)) await rmdir(path);
  } catch (error) {
    if (!isSystemError(error)) throw error;
  }
}

/** Names of what is there beside the model. */
async function listKept(path: string): Promise<string[]> {
  const names = await list(path);
  const isModel = names.includes('model.json') || names.includes('card.json');
  if (names.length > 0 && !isModel) {
    throw new ImportError(
      `The folder ${path} holds files, but no model.`,
      'Name a folder of its own for the model: --out model/mine.',
    );
  }
  return names.filter((name) => !replaced.includes(name));
}

async function list(path: string): Promise<string[]> {
  try {
    return await readdir(path);
  } catch (cause) {
    if (!isSystemError(cause) || cause.code !== 'ENOTDIR') throw cause;
    throw new ImportError(`${path} is a file.`, 'Name a folder for the model: --out model/mine.', { cause });
  }
}

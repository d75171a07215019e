import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';

/**
 * Runs `fill` on an empty directory beside `target` and, when that succeeds, moves the files into `target`, which is made
 * where it is missing. A failure leaves an earlier model there whole.
 */
export async function installDirectory<Result>(
  target: string,
  fill: (staging: string) => Promise<Result>,
): Promise<Result> {
  const path = resolve(target);
  await mkdir(dirname(path), { recursive: true });
  const staging = await mkdtemp(join(dirname(path), `.${basename(path)}-`));
  try {
    const result = await fill(staging);
    await mkdir(path, { recursive: true });
    const names = await readdir(staging);
    for (const name of names) await rename(join(staging, name), join(path, name));
    // That of an earlier model would now be wrong.
    if (!names.includes('parity.json')) await rm(join(path, 'parity.json'), { force: true });
    return result;
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

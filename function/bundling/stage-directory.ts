import { createHash } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { chmod, copyFile, lutimes, mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { FileError } from '../../files/file-error.ts';
import { noteCheckedModel } from '../../model/note-checked-model.ts';
import { readModelDirectory } from '../../model/read-model-directory.ts';
import { listExamples, thumbnailsFile } from '../examples/list-examples.ts';
import { examplesOf } from './examples-of.ts';

/** What the service reads of a model directory; its README and the like stay out. */
const modelFiles = ['model.json', 'weights.bin', 'card.json'];
/** What answers may come of parity.json, and the page of the model begins with about.md. */
const optionalModelFiles = ['parity.json', 'about.md'];

// A layer's digest covers times and modes, which a checkout and an umask choose as they like.
const earliestTimeInSeconds = Date.parse('2000-01-01T00:00:00Z') / 1_000;
/** Some eight years. */
const secondsOfTimes = 2 ** 28;
const fileMode = 0o644;
const directoryMode = 0o755;

/**
 * Fills a directory aside, gives all in it the same times and modes, and moves it to `directory`, which is replaced as a
 * whole: whoever reads it meanwhile sees the old or the new, never a half. What fails leaves the old one alone.
 * @throws FileError where something else than a directory has this name, such as a device
 */
export async function stageDirectory<Result>(
  directory: string,
  fill: (staging: string) => Promise<Result>,
): Promise<Result> {
  if (statSync(directory, { throwIfNoEntry: false })?.isDirectory() === false) {
    throw new FileError(
      directory,
      'not_plain',
      'it is there already, and no folder',
      'Name a folder, which may be there.',
    );
  }
  await mkdir(dirname(directory), { recursive: true });
  const staging = await mkdtemp(`${directory}.`);
  try {
    const result = await fill(staging);
    await fixModesAndTimes(staging);
    await rm(directory, { recursive: true, force: true });
    await rename(staging, directory);
    return result;
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

/**
 * Copies what the service reads of a model directory to `target`, which does not exist yet.
 * @throws ModelError where its parts are damaged or don't belong together: an image of them would not start
 */
export async function copyModel(source: string, target: string): Promise<void> {
  readModelDirectory(source);
  await mkdir(target);
  for (const file of modelFiles) await copyFile(join(source, file), join(target, file));
  for (const file of optionalModelFiles.filter((name) => existsSync(join(source, name)))) {
    await copyFile(join(source, file), join(target, file));
  }
  await copyExamples(examplesOf(source), join(target, 'examples'));
  await fixModesAndTimes(target);
  noteCheckedModel(target);
}

async function copyExamples(source: string, target: string): Promise<void> {
  const names = listExamples(source).map(({ name }) => name);
  if (names.length === 0) return;
  await mkdir(target);
  if (existsSync(join(source, thumbnailsFile))) names.push(thumbnailsFile);
  for (const name of names) await copyFile(join(source, name), join(target, name));
}

/** Files before their directory, whose own time a change in it would move. */
async function fixModesAndTimes(directory: string): Promise<void> {
  for (const entry of await readdir(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) await fixModesAndTimes(path);
    else await fix(path, fileMode, timeOf(await readFile(path)));
  }
  await fix(directory, directoryMode, earliestTimeInSeconds);
}

/**
 * A time that follows from a file's content. Docker's builder takes a file for the one it had before, of the same path, if size and time
 * are the same: index.mjs has always the same size, and names other modules after every change.
 */
function timeOf(content: Uint8Array): number {
  return earliestTimeInSeconds + (createHash('sha256').update(content).digest().readUInt32BE() % secondsOfTimes);
}

async function fix(path: string, mode: number, timeInSeconds: number): Promise<void> {
  await chmod(path, mode);
  await lutimes(path, timeInSeconds, timeInSeconds);
}

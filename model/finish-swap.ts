import { existsSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** Where the parts of a swap lie, beside the model directory that they are for. */
export interface SwapPaths {
  /** The new model while it is written, whole once `old` exists. */
  readonly next: string;
  /** The model before, from the moment at which it makes room until the new one has its place. */
  readonly old: string;
}

/** @param directory an absolute path */
export function swapPaths(directory: string): SwapPaths {
  const beside = (ending: string) => join(dirname(directory), `.${basename(directory)}.${ending}`);
  return { next: beside('new'), old: beside('old') };
}

/**
 * Ends a swap of model directories that was killed half-way, so that one whole model is there again: the new one where it
 * was complete, else the old one. Only a missing `directory` is looked at, since otherwise the swap may still be going on.
 * @param directory an absolute path
 * @returns whether the directory is there now
 */
export function finishSwap(directory: string): boolean {
  const { next, old } = swapPaths(directory);
  if (existsSync(directory)) return true;
  // The old model makes room only for a new one that is complete.
  const source = existsSync(old) ? (existsSync(next) ? next : old) : undefined;
  if (source === undefined) return false;
  try {
    renameSync(source, directory);
  } catch (error) {
    // Whoever swaps was quicker.
    if (!existsSync(directory)) throw error;
  }
  rmSync(old, { recursive: true, force: true });
  return true;
}

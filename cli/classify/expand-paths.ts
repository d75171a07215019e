import { glob, stat } from 'node:fs/promises';
import { CliError } from '../cli-error.ts';
import { findPhotos, isPhotoName } from '../photos/find-photos.ts';
import { isPhotoUrl, standardInputWord } from './photo-words.ts';

/**
 * The files that a person's words stand for, in the words' order: a folder for every photo below it, a pattern that the
 * shell has left alone for what it matches, by name. A word that is neither is a file, missing or not; an address on the web and `-` stay as they are.
 * @throws CliError for a folder without photos and for a pattern that matches none
 */
export async function expandPaths(words: readonly string[]): Promise<string[]> {
  const files: string[] = [];
  for (const word of words) files.push(...(await expand(word)));
  return files;
}

async function expand(word: string): Promise<string[]> {
  // An address may hold the characters of a pattern as well.
  if (word === standardInputWord || isPhotoUrl(word)) return [word];
  // A file's name may hold the characters of a pattern.
  const facts = await stat(word).catch(() => undefined);
  if (facts?.isDirectory()) return requireSome(await findPhotos(word), `There are no photos in ${word}.`);
  if (facts !== undefined || !/[*?[{]/.test(word)) return [word];
  const matches: string[] = [];
  for await (const match of glob(word)) if (isPhotoName(match)) matches.push(match);
  return requireSome(matches.sort(), `No photo matches ${word}.`);
}

function requireSome(files: string[], complaint: string): string[] {
  if (files.length > 0) return files;
  throw new CliError(complaint, 'Photos are files that end in .jpg, .jpeg, .png or .webp.');
}

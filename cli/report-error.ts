import { ExplainedError } from '../facts/explained-error.ts';

const reasonByCode: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  ENOTDIR: 'a part of the path is no folder',
  EISDIR: 'it is a folder',
  EEXIST: 'it exists already',
  EACCES: 'its rights forbid it',
  EPERM: 'its rights forbid it',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
};

/**
 * Tells a person what went wrong: the error's sentence and, where it has one, its hint. Only `isDebug` adds the stack
 * and what led to it.
 */
export function reportError(thrown: unknown, isDebug: boolean): void {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  console.error(`lambda-lens: ${sentenceOf(error)}`);
  console.error(hintOf(error) ?? 'Run it again with --debug to see where this comes from.');
  if (isDebug) console.error(error);
}

function sentenceOf(error: Error): string {
  if (!isAboutPath(error)) return error.message;
  return `${error.path} cannot be used: ${reasonByCode[error.code] ?? error.code}.`;
}

/** What to do about an error, where it says so. */
export function hintOf(error: Error): string | undefined {
  if (error instanceof ExplainedError) return error.hint;
  return isAboutPath(error) ? 'Check the path, and that you may read and write there.' : undefined;
}

/** An error of the file system, whose own words are a system call's. */
function isAboutPath(error: Error): error is Error & { readonly code: string; readonly path: string } {
  return 'syscall' in error && 'code' in error && 'path' in error;
}

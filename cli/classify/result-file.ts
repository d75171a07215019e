import { closeSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs';
import { CliError } from '../cli-error.ts';

/** A file of results that grows line by line, so that what is done stays done when the program is ended. */
export interface ResultFile {
  /** Whole records that an earlier run has left, its heading included; empty for a new file. */
  readonly earlier: string;
  write(text: string): void;
  close(): void;
}

/**
 * Opens a new file, or with `resume` the file of an earlier run without the record that it was ended in.
 * @throws CliError for a file that exists already and is not to be resumed, and for one that can't be written
 */
export function openResultFile(path: string, { resume }: { readonly resume: boolean }): ResultFile {
  const file = open(path, resume ? 'a+' : 'ax');
  const stored = resume ? readFileSync(file) : Buffer.alloc(0);
  const end = stored.lastIndexOf('\n') + 1;
  ftruncateSync(file, end);
  return {
    earlier: stored.toString('utf8', 0, end),
    write: (text) => void writeSync(file, text),
    close: () => closeSync(file),
  };
}

function open(path: string, flags: string): number {
  try {
    return openSync(path, flags);
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'EEXIST') {
      throw new CliError(`${path} exists already.`, 'Go on with it by --resume, remove it, or choose another name.');
    }
    throw new CliError(`${path} cannot be written.`, 'Check that its folder exists and may be written to.', { cause });
  }
}

import { execFile } from 'node:child_process';

/** How a program ended: undefined where there is none of that name. */
export type ProgramResult = { readonly code: number; readonly output: string; readonly errors: string } | undefined;

export type RunProgram = (file: string, words: readonly string[]) => Promise<ProgramResult>;

const timeoutInMilliseconds = 30_000;

/** Runs a program to its end, or for half a minute, in `directory`. */
export function createRunProgram(directory: string): RunProgram {
  return (file, words) =>
    new Promise((resolve) => {
      const options = { cwd: directory, timeout: timeoutInMilliseconds, windowsHide: true };
      execFile(file, words, options, (error, output, errors) => {
        if (error?.code === 'ENOENT') resolve(undefined);
        else resolve({ code: error === null ? 0 : typeof error.code === 'number' ? error.code : 1, output, errors });
      });
    });
}

import { execFile } from 'node:child_process';

/** How a program ended: undefined where there is none of that name. */
export type ProgramResult = { readonly code: number; readonly output: string; readonly errors: string } | undefined;

export type RunProgram = (file: string, words: readonly string[]) => Promise<ProgramResult>;

export interface RunOptions {
  readonly timeoutInMilliseconds?: number;
  readonly environment?: NodeJS.ProcessEnv;
}

/** A long deployment writes more than Node.js keeps by default. */
const maximumOutputInBytes = 64 * 1024 * 1024;

/** Runs a program to its end, or for half a minute unless told otherwise, in `directory`. */
export function createRunProgram(
  directory: string,
  { timeoutInMilliseconds = 30_000, environment = process.env }: RunOptions = {},
): RunProgram {
  return (file, words) =>
    new Promise((resolve) => {
      const options = {
        cwd: directory,
        timeout: timeoutInMilliseconds,
        env: environment,
        maxBuffer: maximumOutputInBytes,
        windowsHide: true,
      };
      execFile(file, words, options, (error, output, errors) => {
        if (error?.code === 'ENOENT') resolve(undefined);
        else resolve({ code: error === null ? 0 : typeof error.code === 'number' ? error.code : 1, output, errors });
      });
    });
}

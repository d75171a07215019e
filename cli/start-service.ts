import { registerServe } from './commands/serve.ts';
import { runProgram } from './run-program.ts';

/** `lambda-lens serve …` with nothing of the other commands, so that all of it can lie in one file. */
export function startService(words: readonly string[]): Promise<void> {
  return runProgram(words, new Map([['serve', async () => registerServe]]));
}

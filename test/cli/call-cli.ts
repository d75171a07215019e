import { vi } from 'vitest';
import { allCommands } from '../../cli/all-commands.ts';
import { runLine } from '../../cli/run-program.ts';
import { commandEnvironment, type Environment, program } from './run-cli.ts';

/** Runs `lambda-lens` to its end in this process, which costs a tenth of a new one: for all but signals, pipes and starts. */
export async function callCli(words: readonly string[], environment: Environment = {}) {
  const { argv, env, exitCode } = process;
  const output: string[] = [];
  const errors: string[] = [];
  const spies = [keepWritten(process.stdout, output), keepWritten(process.stderr, errors)];
  process.argv = [process.execPath, program, ...words];
  process.env = commandEnvironment(environment);
  process.exitCode = undefined;
  try {
    const code = await runLine(words, allCommands);
    return { output: output.join(''), errors: errors.join(''), code };
  } finally {
    Object.assign(process, { argv, env, exitCode });
    for (const spy of spies) spy.mockRestore();
  }
}

function keepWritten(stream: NodeJS.WriteStream, texts: string[]) {
  return vi.spyOn(stream, 'write').mockImplementation((chunk: string | Uint8Array) => {
    texts.push(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString());
    return true;
  });
}

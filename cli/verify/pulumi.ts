import { CliError } from '../cli-error.ts';
import type { RunProgram } from '../doctor/run-program.ts';
import { verifyStack } from './verification.ts';

const linesShown = 12;

/**
 * Runs pulumi on the stack of the verification, and on no other.
 * @throws CliError with the last lines that it wrote, where it fails
 */
export async function pulumi(run: RunProgram, words: readonly string[]): Promise<string> {
  const result = await run('pulumi', [...words, '--stack', verifyStack, '--non-interactive', '--color', 'never']);
  return outputOf(result, words);
}

/** Whether a stack of this name is there already. */
export async function hasVerifyStack(run: RunProgram): Promise<boolean> {
  const words = ['stack', 'ls', '--json', '--non-interactive'];
  const stacks = JSON.parse(outputOf(await run('pulumi', words), words)) as readonly { readonly name: string }[];
  return stacks.some(({ name }) => name.split('/').at(-1) === verifyStack);
}

/** Makes the stack and leaves selected what a person has selected. */
export async function makeVerifyStack(run: RunProgram): Promise<void> {
  const words = ['stack', 'init', verifyStack, '--no-select', '--non-interactive', '--color', 'never'];
  outputOf(await run('pulumi', words), words.slice(0, 3));
}

function outputOf(result: Awaited<ReturnType<RunProgram>>, words: readonly string[]): string {
  if (result === undefined) {
    throw new CliError(
      'There is no pulumi on the path.',
      'Install the Pulumi CLI: https://www.pulumi.com/docs/install/.',
    );
  }
  const { code, output, errors } = result;
  if (code === 0) return output;
  const lines = `${output}\n${errors}`.split('\n').filter((line) => line.trim() !== '');
  throw new CliError(
    // A secret may stand behind the first words.
    `"pulumi ${words.slice(0, 2).join(' ')}" ended with ${code}: ${lines.slice(-linesShown).join('\n')}`,
    'Mend what it names and run this again.',
  );
}

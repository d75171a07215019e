import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { delimiter, dirname } from 'node:path';
import { CliError } from '../cli-error.ts';

/**
 * Runs pulumi at this terminal, and with the Node.js that runs this: the stack's program needs it.
 * @throws CliError where there is none, or it fails
 */
export async function runPulumi(
  directory: string,
  words: readonly string[],
  environment: NodeJS.ProcessEnv = {},
): Promise<void> {
  const path = [dirname(process.execPath), process.env.PATH].join(delimiter);
  const child = spawn('pulumi', words, {
    cwd: directory,
    stdio: 'inherit',
    env: { ...process.env, ...environment, PATH: path },
  });
  // Rejects where the program does not even start.
  const [code] = await once(child, 'exit').catch((error) => {
    if (error.code !== 'ENOENT') throw error;
    throw new CliError(
      'There is no pulumi on the path.',
      'Install the Pulumi CLI: https://www.pulumi.com/docs/install/.',
    );
  });
  if (code !== 0) throw new CliError(`"pulumi ${words.join(' ')}" ended with ${code}.`, 'What went wrong is above.');
}

/**
 * Has the stack's state say of the alias what AWS says, where a command has moved it: else the next preview would show a
 * change that is none.
 */
export async function refreshAlias(directory: string, stack: string): Promise<void> {
  const alias = 'urn:pulumi:**aws:lambda/alias:Alias::**';
  await runPulumi(directory, ['refresh', '--yes', '--skip-preview', '--target', alias, '--stack', stack]);
}

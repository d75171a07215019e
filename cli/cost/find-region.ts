import { northVirginia } from '../../facts/prices.ts';
import { findStack } from '../doctor/find-stack.ts';
import { readStackConfig } from '../doctor/read-stack.ts';
import { createRunProgram } from '../doctor/run-program.ts';
import { findProjectDirectory } from '../project-directory.ts';

/** The region that a deploy from here would go to: the selected stack's, else the environment's, else N. Virginia. */
export async function findRegion(directory: string = findProjectDirectory()): Promise<string> {
  const stack = await findStack(createRunProgram(directory), undefined);
  const { region } = await readStackConfig(directory, stack);
  return region || process.env.AWS_REGION || process.env.AWS_DEFAULT_REGION || northVirginia.region;
}

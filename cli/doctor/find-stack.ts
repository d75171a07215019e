import type { RunProgram } from './run-program.ts';

/** The stack of whoever has not selected one, whose file comes with the project. */
const firstStack = 'dev';

/** The stack that is named, else the one that `pulumi stack select` chose, else dev. */
export async function findStack(run: RunProgram, named: string | undefined): Promise<string> {
  if (named) return named;
  const selected = await run('pulumi', ['stack', '--show-name']);
  return (selected?.code === 0 && selected.output.trim()) || firstStack;
}

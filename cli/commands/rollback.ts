import type { Command } from 'commander';
import { CliError } from '../cli-error.ts';
import { describeCandidates } from '../operate/describe-candidates.ts';
import { addServiceOptions, findService, type ServiceOptions } from '../operate/find-service.ts';
import { connectFunction } from '../operate/function-control.ts';
import { keepTag, openImageShelf } from '../operate/image-shelf.ts';
import { clearRollBack, listCandidates, rollBack } from '../operate/roll-back.ts';
import { print } from '../terminal/print.ts';

/** `lambda-lens rollback`: an earlier version is live again, at once and without a build. */
export function registerRollback(program: Command): void {
  addServiceOptions(
    program
      .command('rollback [version]')
      .description('make an earlier version live, at once and without a build; without one, list them'),
  )
    .option('--clear', 'end a roll-back: the next deploy goes live again')
    .addHelpText(
      'after',
      `
Moves the alias that every door names, so addresses stay, and writes liveVersion into the stack's file, so that neither
a deploy nor a refresh undoes it.`,
    )
    .action(async (version: string | undefined, options: ServiceOptions & { readonly clear?: boolean }) => {
      const { connection, functionName, file } = await findService(options);
      if (options.clear) {
        if (file === undefined)
          throw new CliError('A function named by hand has no settings to clear.', 'Name its stack.');
        for (const line of await clearRollBack(file)) print(line);
        return;
      }
      const control = await connectFunction(connection, functionName);
      const openShelf = (repository: string) => openImageShelf(connection, repository);
      const parts = { control, openShelf, file, keepTag };
      if (version === undefined) print(describeCandidates(await listCandidates(parts)));
      else for (const line of await rollBack(parts, version)) print(line);
    });
}

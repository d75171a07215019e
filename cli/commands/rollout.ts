import type { Command } from 'commander';
import { CliError } from '../cli-error.ts';
import {
  addServiceOptions,
  findService,
  parseCount,
  projectDirectory,
  type ServiceOptions,
} from '../operate/find-service.ts';
import { connectFunction } from '../operate/function-control.ts';
import { keepTag, openImageShelf } from '../operate/image-shelf.ts';
import { refreshAlias } from '../operate/run-pulumi.ts';
import { endRollout } from '../rollout/end-rollout.ts';
import { type RolloutPlan, readPlan } from '../rollout/rollout-plan.ts';
import { runRollout } from '../rollout/run-rollout.ts';
import { print } from '../terminal/print.ts';

interface RolloutOptions extends ServiceOptions {
  readonly back?: boolean;
  readonly allAtOnce?: boolean;
  readonly canary?: boolean;
  readonly percent?: number;
  readonly minutes?: number;
  readonly requests?: number;
}

/** `lambda-lens rollout`: a version that is published proves itself, and is released. */
export function registerRollout(program: Command): void {
  addServiceOptions(
    program
      .command('rollout [version]')
      .description('release a published version, the newest unless told, once it has proved itself'),
  )
    .option('--canary', 'to a few requests first, which are watched (default: what the setting rollout says)')
    .option('--all-at-once', 'to every request, once it has reproduced its parity photos and answered one')
    .option('--percent <number>', 'of the requests, while it is watched (default: canaryPercent)', parseCount)
    .option('--minutes <number>', 'how long it is watched (default: canaryMinutes)', parseCount)
    .option('--requests <number>', 'that it must have answered by then (default: canaryRequests)', parseCount)
    .option('--back', 'end a rollout, or go back to the version before the one that is live')
    .addHelpText(
      'after',
      `
A failed check or an alarm moves it back, and the exit code is 1. Ctrl+C moves it back too.`,
    )
    .action(run);
}

async function run(named: string | undefined, options: RolloutOptions): Promise<void> {
  if (options.canary && options.allAtOnce) throw new CliError('It is either --canary or --all-at-once.', 'Say one.');
  const service = await findService(options);
  const { connection, functionName, file, stack, outputs } = service;
  const control = await connectFunction(connection, functionName);
  if (options.back) {
    const openShelf = (repository: string) => openImageShelf(connection, repository);
    for (const line of await endRollout({ control, openShelf, file, keepTag })) print(line);
    return;
  }
  const versions = (await control.listVersions()).map(({ version }) => version);
  const version = named ?? versions[0];
  if (version === undefined || !versions.includes(version)) {
    throw new CliError(`There is no version ${version ?? 'yet'}.`, 'Run "lambda-lens rollback" to see them.');
  }
  const plan = choosePlan(
    readPlan((setting) => file?.get(setting)),
    options,
  );
  await runRollout({ functionName, connection, control, logGroup: outputs.logGroup }, version, plan);
  // What a roll-back has held would else be live again after the next deploy.
  if (file?.get('liveVersion') !== undefined) {
    const isNewest = version === versions[0];
    await file.write({ liveVersion: isNewest ? undefined : Number(version) });
    print(isNewest ? `${file.name} names no liveVersion any more.` : `${file.name} says liveVersion ${version} now.`);
  }
  if (stack !== undefined) await refreshAlias(projectDirectory, stack);
}

function choosePlan(plan: RolloutPlan, { canary, allAtOnce, percent, minutes, requests }: RolloutOptions): RolloutPlan {
  const isAsked = canary || [percent, minutes, requests].some((given) => given !== undefined);
  if (percent !== undefined && (percent < 1 || percent > 99)) {
    throw new CliError(`--percent is ${percent}; it must be from 1 to 99.`, 'Say --all-at-once for all of them.');
  }
  return {
    ...plan,
    isCanary: isAsked || (plan.isCanary && !allAtOnce),
    percent: percent ?? plan.percent,
    minutes: minutes ?? plan.minutes,
    leastRequests: requests ?? plan.leastRequests,
  };
}

import { CliError } from '../cli-error.ts';
import type { FunctionControl } from '../operate/function-control.ts';
import type { StackFile } from '../operate/stack-file.ts';
import { describeRouting } from './describe-routing.ts';
import { type RolloutPlan, readPlan } from './rollout-plan.ts';

/** A version that a deploy leaves live, until the one that it publishes has proved itself. */
export interface HeldVersion {
  readonly version: string;
  readonly plan: RolloutPlan;
}

/**
 * The version that a deploy has to leave live; undefined where it may release at once.
 * @param control of the function, where one is deployed
 * @throws CliError where another rollout is under way
 */
export async function findHeldVersion(
  file: StackFile,
  control: Pick<FunctionControl, 'getRouting'> | undefined,
  tell: (line: string) => void,
): Promise<HeldVersion | undefined> {
  const plan = readPlan(file.get);
  if (!plan.isCanary) return undefined;
  if (control === undefined) {
    tell('The first version goes live at once: no other is there to fall back to.');
    return undefined;
  }
  const held = file.get('liveVersion');
  if (held) {
    tell(`${file.name} says liveVersion ${held}, which stays live: "lambda-lens rollout" releases what is newer.`);
    return undefined;
  }
  const routing = await control.getRouting();
  if (routing.canary !== undefined) {
    throw new CliError(
      `A rollout is under way, or was cut off: ${describeRouting(routing)}.`,
      'Wait for its end, or end it by "lambda-lens rollout --back".',
    );
  }
  return { version: routing.version, plan };
}

/**
 * What the deploy has published and left for the rollout.
 * @returns the version to release; undefined where there is none, which is told
 */
export async function findReleasable(
  control: FunctionControl,
  { version }: HeldVersion,
  tell: (line: string) => void,
): Promise<string | undefined> {
  const [routing, versions] = await Promise.all([control.getRouting(), control.listVersions()]);
  if (routing.version !== version) {
    tell(
      `The stack's program has released version ${routing.version} at once: it does not read its settings by readConfig().`,
    );
    return undefined;
  }
  const newest = versions[0]?.version;
  if (newest === undefined || Number(newest) <= Number(version)) {
    tell(`Version ${version} is the newest, and live: there is nothing to roll out.`);
    return undefined;
  }
  return newest;
}

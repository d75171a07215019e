import { CliError } from '../cli-error.ts';
import type { VersionFacts } from '../operate/function-control.ts';
import { holdHint } from './hold-hint.ts';
import { proveVersion } from './prove-version.ts';
import type { RolloutParts } from './rollout-parts.ts';
import type { RolloutPlan } from './rollout-plan.ts';

const pauseInMilliseconds = 15_000;
/** A version with a snapshot takes its time. */
const readyWithinMilliseconds = 10 * 60_000;

/**
 * Holds a version against all that it is asked before anybody meets it.
 * @throws CliError saying what it lacks, and that the version before stays live
 */
export async function requireProof(
  parts: RolloutParts,
  version: string,
  before: string,
  plan: RolloutPlan,
): Promise<void> {
  const { control, tell, stopped } = parts;
  const stays = `Version ${before} stays live.`;
  const fail = (why: string, hint: string, cause?: unknown) =>
    new CliError(`Version ${version} was not released: ${why}. ${stays}`, hint, { cause });
  if ((await control.getReservedConcurrency()) === 0) {
    throw fail('the function is off, so it cannot prove itself', 'Run "lambda-lens on", then "lambda-lens rollout".');
  }
  const facts = await waitUntilReady(parts, version);
  if (facts.state === 'Failed') throw fail(`AWS could not make it ready: ${facts.reason}`, 'Mend it and deploy again.');
  if (facts.state === 'Pending') {
    throw fail('AWS is still making it ready', 'Run "lambda-lens rollout" in some minutes.');
  }
  const old = await control.describeVersion(before);
  // https://docs.aws.amazon.com/lambda/latest/dg/configuring-alias-routing.html
  if (plan.isCanary && (old.role !== facts.role || old.deadLetterTarget !== facts.deadLetterTarget)) {
    throw fail(
      `AWS shares requests out only between versions of one role and one dead-letter queue, and those of ${before} are others`,
      'Release it by "lambda-lens rollout --all-at-once".',
    );
  }
  try {
    const seen = await proveVersion(control, version, parts.secret ?? facts.variables?.API_SECRET);
    for (const line of seen) tell(line);
  } catch (error) {
    await parts.keepImage(before).catch(() => undefined);
    const why = error instanceof Error ? error.message : String(error);
    throw fail(why, holdHint(version, before), error);
  }
  if (stopped.aborted) throw fail('it was stopped', 'Run "lambda-lens rollout" to go on.');
}

async function waitUntilReady({ control, now, pause, stopped }: RolloutParts, version: string): Promise<VersionFacts> {
  const since = now().getTime();
  for (;;) {
    const facts = await control.describeVersion(version);
    const isLate = now().getTime() - since >= readyWithinMilliseconds;
    if (facts.state !== 'Pending' || isLate || stopped.aborted) return facts;
    await pause(pauseInMilliseconds);
  }
}

import { CliError } from '../cli-error.ts';
import { toPercent } from './describe-routing.ts';
import { holdHint } from './hold-hint.ts';
import { describeReading } from './judge-reading.ts';
import { requireProof } from './require-proof.ts';
import type { RolloutParts } from './rollout-parts.ts';
import type { RolloutPlan } from './rollout-plan.ts';
import { MovedError, watchCanary } from './watch-canary.ts';

const endCanary = '"lambda-lens rollout --back" ends it.';

/**
 * Releases a version: it proves itself, then a share of the requests meets it while it is watched, then all do. What fails on
 * the way leaves live what was.
 * @returns what is live now, a sentence a line
 * @throws CliError saying what failed, and which version has the requests
 */
export async function rollOut(parts: RolloutParts, version: string, plan: RolloutPlan): Promise<readonly string[]> {
  const { control } = parts;
  const { version: before, canary } = await control.getRouting();
  if (canary !== undefined) {
    throw new CliError(
      `Version ${canary.version} has ${toPercent(canary.share)} % of the requests: a rollout is under way, or was cut off.`,
      `Wait for its end; ${endCanary}`,
    );
  }
  if (before === version) return [`Version ${version} is live already.`];
  await requireProof(parts, version, before, plan);
  if (!plan.isCanary) {
    await control.setLiveVersion(version);
    return [`Version ${version} is live now, at the same addresses.`];
  }
  const share = plan.percent / 100;
  try {
    await control.setRouting({ version: before, canary: { version, share } });
    const reading = await watchCanary(parts, { version: before, canary: { version, share } }, plan);
    await control.setLiveVersion(version);
    return [`Version ${version} is live now, at the same addresses: ${describeReading(reading)} while it was watched.`];
  } catch (error) {
    if (error instanceof MovedError) throw error;
    throw await moveBack(parts, version, before, error);
  }
}

/** The error that a rollout ends with, once the version before has every request again, or could not get them. */
async function moveBack(parts: RolloutParts, version: string, before: string, cause: unknown): Promise<CliError> {
  const why = messageOf(cause);
  await parts.keepImage(before).catch(() => undefined);
  try {
    await parts.control.setLiveVersion(before);
  } catch (error) {
    return new CliError(
      `Version ${version} was to be moved back, since ${why}, which failed: ${messageOf(error)}. It may still have its share of the requests.`,
      `Look by "lambda-lens status"; ${endCanary}`,
      { cause },
    );
  }
  return new CliError(
    `Version ${version} was moved back: ${why}. Version ${before} has every request again.`,
    holdHint(version, before),
    { cause },
  );
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

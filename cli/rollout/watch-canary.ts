import { CliError } from '../cli-error.ts';
import type { FunctionControl, Routing } from '../operate/function-control.ts';
import { describeRouting } from './describe-routing.ts';
import { describeReading, judgeReading, type Reading } from './judge-reading.ts';
import type { RolloutParts } from './rollout-parts.ts';
import type { RolloutPlan } from './rollout-plan.ts';

const minuteInMilliseconds = 60_000;
const pauseInMilliseconds = 15_000;
/** So many readings in a row may fail, such as by a network that was away. */
const readingsThatMayFail = 3;

/** Somebody else moved the alias, whose word it is. */
export class MovedError extends CliError {}

/**
 * Watches a canary until its time is over and enough requests have met it.
 * @throws Error saying which alarm went off, in half a sentence
 */
export async function watchCanary(
  parts: RolloutParts,
  routing: Required<Routing>,
  plan: RolloutPlan,
): Promise<Reading> {
  const { control, watch, tell, now, pause, stopped } = parts;
  const { version } = routing.canary;
  const since = now();
  const { timeoutInSeconds } = await control.describeVersion(version);
  const bounds = {
    errorPercent: plan.errorPercent,
    longestInMilliseconds: timeoutInSeconds * 10 * plan.durationPercent,
  };
  tell(
    `Version ${version} gets ${plan.percent} % of the requests for ${plan.minutes} ${plan.minutes === 1 ? 'minute' : 'minutes'}.`,
  );
  let told = '';
  let failed = 0;
  for (;;) {
    await pause(pauseInMilliseconds);
    if (stopped.aborted) throw new Error('it was stopped');
    await requireUnmoved(control, routing);
    let reading: Reading;
    try {
      reading = await watch.read(version, since, now());
      failed = 0;
    } catch (error) {
      failed++;
      if (failed >= readingsThatMayFail)
        throw new Error(`it cannot be watched: ${error instanceof Error ? error.message : error}`, { cause: error });
      continue;
    }
    const alarm = judgeReading(reading, bounds);
    if (alarm !== undefined) throw new Error(alarm);
    const minutes = (now().getTime() - since.getTime()) / minuteInMilliseconds;
    const line = describeReading(reading);
    if (line !== told) tell(`After ${minutes.toFixed(1)} minutes: ${line}.`);
    told = line;
    if (minutes >= plan.minutes && reading.requests >= plan.leastRequests) return reading;
    if (minutes >= 2 * plan.minutes) {
      throw new Error(
        `only ${reading.requests} requests met it in ${Math.round(minutes)} minutes, fewer than the ${plan.leastRequests} that it is judged by`,
      );
    }
  }
}

async function requireUnmoved(control: FunctionControl, wanted: Required<Routing>): Promise<void> {
  const { version, canary } = await control.getRouting();
  if (version === wanted.version && canary?.version === wanted.canary.version) return;
  throw new MovedError(
    `Somebody else moved the alias meanwhile, which is left as it is: ${describeRouting({ version, ...(canary && { canary }) })}.`,
    'See "lambda-lens status".',
  );
}

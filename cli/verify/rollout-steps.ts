import { rollOut } from '../rollout/roll-out.ts';
import { readPlan } from '../rollout/rollout-plan.ts';
import { readOutputs, seeDoors, upWords } from './deployment-steps.ts';
import { pulumi } from './pulumi.ts';
import type { Handover, Step, VerifyParts } from './verification.ts';

/** Long enough for CloudWatch to tell of the requests, half of which the new version gets. */
const plan = {
  ...readPlan(() => undefined),
  ...{ isCanary: true, percent: 50, minutes: 3, leastRequests: 2 },
};

const pausesBetweenCalls = 4;

/** Other values than before, so that versions are published: one that works, and one that refuses each photo. */
const working = ['memoryInMb', '1792'] as const;
const refusing = ['maximumPixels', '1'] as const;

/** A version that proves itself, and one that cannot. */
export function rolloutSteps(parts: VerifyParts, handover: Handover): readonly Step[] {
  const { run } = parts;
  return [
    [
      'rollout of a canary',
      async () => {
        const { before, published, release } = await publish(...working);
        const lines = await release();
        const { functionUrl, apiUrl } = await readOutputs(parts);
        if (functionUrl !== handover.outputs.functionUrl || apiUrl !== handover.outputs.apiUrl) {
          throw new Error(`A door has another address now: ${functionUrl}, ${apiUrl}.`);
        }
        await expectLive(published);
        return [`version ${before} stayed live while ${published} was published`, ...lines];
      },
    ],
    [
      'rollout of a version that refuses photos',
      async () => {
        const { before, published, release } = await publish(...refusing);
        const refusal = await release().then(
          () => undefined,
          (error: unknown) => (error instanceof Error ? error.message : String(error)),
        );
        await pulumi(run, ['config', 'rm', refusing[0]]);
        if (refusal === undefined) throw new Error(`Version ${published} refuses photos and was released.`);
        await expectLive(before);
        return [refusal];
      },
    ],
  ];

  /** As `npm run deploy` does with the setting `rollout: canary`. */
  async function publish(setting: string, value: string) {
    const { functionName, logGroup } = handover.outputs;
    const control = await parts.connectFunction(functionName);
    const { version: before } = await control.getRouting();
    await pulumi(run, ['config', 'set', setting, value]);
    await pulumi(parts.runHolding(before), upWords);
    await expectLive(before);
    const [newest] = await control.listVersions();
    const published = newest?.version ?? before;
    if (published === before) throw new Error(`No version was published after ${before}.`);
    const lines: string[] = [];
    let pauses = 0;
    const release = async () => {
      const released = await rollOut(
        {
          control,
          watch: await parts.watchVersions(functionName, logGroup),
          keepImage: async () => undefined,
          secret: parts.secret,
          tell: (line) => lines.push(line),
          now: parts.now,
          // Somebody has to call, now and then.
          pause: async (milliseconds) => {
            if (pauses++ % pausesBetweenCalls === 0) await seeDoors(parts, handover);
            await parts.pause(milliseconds);
          },
          stopped: new AbortController().signal,
        },
        published,
        plan,
      );
      return [...lines, ...released];
    };
    return { before, published, release };
  }

  async function expectLive(version: string): Promise<void> {
    const routing = await (await parts.connectFunction(handover.outputs.functionName)).getRouting();
    if (routing.version === version && routing.canary === undefined) return;
    throw new Error(`Version ${routing.version} is live, not ${version} alone.`);
  }
}

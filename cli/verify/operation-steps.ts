import { keepTag } from '../operate/image-shelf.ts';
import { clearRollBack, rollBack } from '../operate/roll-back.ts';
import { switchOff } from '../operate/switch-off.ts';
import { switchOn } from '../operate/switch-on.ts';
import { readOutputs, seeDoors, upWords } from './deployment-steps.ts';
import { pulumi } from './pulumi.ts';
import type { Handover, Step, VerifyParts } from './verification.ts';

/** Another value than the default, so that a new version is published. */
const updatedMemoryInMb = 2048;
const attempts = 6;
const pauseInMilliseconds = 5_000;

/** What an owner does with a service that runs: update, roll-back, off and on. */
export function operationSteps(parts: VerifyParts, handover: Handover): readonly Step[] {
  const { run } = parts;
  const control = () => parts.connectFunction(handover.outputs.functionName);
  return [
    [
      'update of a setting',
      async () => {
        await pulumi(run, ['config', 'set', 'memoryInMb', String(updatedMemoryInMb)]);
        await pulumi(run, upWords);
        const { functionUrl, apiUrl } = await readOutputs(parts);
        if (functionUrl !== handover.outputs.functionUrl || apiUrl !== handover.outputs.apiUrl) {
          throw new Error(`A door has another address now: ${functionUrl}, ${apiUrl}.`);
        }
        const live = await (await control()).getLiveVersion();
        if (live === handover.firstVersion) throw new Error(`Version ${live} is live still.`);
        return [`version ${live} is live at the same addresses`, ...(await seeDoors(parts, handover))];
      },
    ],
    [
      'roll-back, which a deploy leaves alone',
      async () => {
        const file = await parts.openFile();
        const { firstVersion } = handover;
        const done = await rollBack(
          { control: await control(), openShelf: parts.openShelf, file, keepTag },
          firstVersion,
        );
        await expectLive(firstVersion, 'after the roll-back');
        await pulumi(run, upWords);
        await expectLive(firstVersion, 'after a deploy behind the roll-back');
        const doors = await seeDoors(parts, handover);
        return [...done, `version ${firstVersion} stays live after a deploy`, ...doors, ...(await clearRollBack(file))];
      },
    ],
    [
      'off',
      async () => {
        const done = await switchOff(await control(), await parts.openFile());
        return [...done, await seeRefusal(parts, handover)];
      },
    ],
    [
      'on',
      async () => {
        const done = await switchOn(await control(), await parts.openFile(), undefined);
        await parts.pause(pauseInMilliseconds);
        return [...done, ...(await seeDoors(parts, handover))];
      },
    ],
  ];

  async function expectLive(version: string, when: string): Promise<void> {
    const live = await (await control()).getLiveVersion();
    if (live !== version) throw new Error(`Version ${live} is live ${when}, not ${version}.`);
  }
}

/** AWS may take a moment until it turns calls away. */
async function seeRefusal({ connect, pause, photoUrl }: VerifyParts, { outputs }: Handover): Promise<string> {
  const aws = await connect();
  for (let attempt = 1; attempt <= attempts; attempt++) {
    try {
      await aws.invoke(outputs.functionName, { url: photoUrl });
    } catch (error) {
      if (!(error instanceof Error) || error.name !== 'TooManyRequestsException') throw error;
      return `call ${attempt} was turned away: ${error.message}`;
    }
    await pause(pauseInMilliseconds);
  }
  throw new Error(`It still answered ${attempts} calls after it was turned off.`);
}

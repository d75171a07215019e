import { pulumi } from './pulumi.ts';
import { type Step, type VerifyParts, verifyStack } from './verification.ts';

/** The index of tags lags behind what was deleted. */
const attempts = 12;
const pauseInMilliseconds = 10_000;

/** Takes everything away, and looks for what is left. Without a stack that was made, there is nothing to destroy. */
export function putAwaySteps(parts: VerifyParts): readonly Step[] {
  const { run } = parts;
  return [
    [
      'destroy',
      async () => {
        await pulumi(run, ['destroy', '--yes', '--skip-preview']);
        return ['pulumi destroy went through'];
      },
    ],
    [
      'nothing is left',
      async () => {
        let left = await parts.findTagged();
        for (let attempt = 1; attempt < attempts && left.length > 0; attempt++) {
          await parts.pause(pauseInMilliseconds);
          left = await parts.findTagged();
        }
        if (left.length === 0) return ['nothing has the tags of the stack'];
        throw new Error(`Still listed under the tags of the stack:\n${left.join('\n')}`);
      },
    ],
    forgetStackStep(parts),
  ];
}

/** Pulumi itself refuses where the stack still has something, so that "pulumi destroy" can be tried again. */
export function forgetStackStep({ run }: VerifyParts): Step {
  return [
    'forget the stack',
    async () => {
      await pulumi(run, ['stack', 'rm', '--yes']);
      return [`${verifyStack} is forgotten`];
    },
  ];
}

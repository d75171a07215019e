import { checkAfter } from '../doctor/check-after.ts';
import { checkBefore } from '../doctor/check-before.ts';
import { checkDoors } from '../doctor/check-doors.ts';
import { describeFinding } from '../doctor/describe-finding.ts';
import { type Examination, startExamination } from '../doctor/examine.ts';
import { readStackConfig, readStackOutputs } from '../doctor/read-stack.ts';
import { toPlainText } from '../terminal/styled-text.ts';
import { makeVerifyStack, pulumi } from './pulumi.ts';
import { type Handover, type Step, type VerifyParts, verifyStack } from './verification.ts';

export const upWords = ['up', '--yes', '--skip-preview'] as const;

/** A stack with both doors open to those who know the secret. */
export function makeStackStep(parts: VerifyParts): Step {
  return [
    'stack',
    async () => {
      const { run, region, secret, permissionsBoundary } = parts;
      await makeVerifyStack(run);
      const set = (key: string, value: string, ...flags: string[]) =>
        pulumi(run, ['config', 'set', ...flags, key, value]);
      await set('aws:region', region);
      await set('functionUrl', 'public');
      await set('httpApi', 'on');
      await set('logRetentionInDays', '1');
      await set('apiSecret', secret, '--secret');
      if (permissionsBoundary !== undefined) await set('permissionsBoundary', permissionsBoundary);
      return [`${verifyStack}: function URL and HTTP API, both behind a secret`];
    },
  ];
}

/** Doctor's look at what a deployment needs. */
export function checkStep(parts: VerifyParts): Step {
  return [
    'doctor, before',
    async () => {
      const { projectDirectory, run, connect } = parts;
      const config = await readStackConfig(projectDirectory, verifyStack);
      return examine((examination) =>
        checkBefore(examination, { projectDirectory, stack: verifyStack, config, run, connect }),
      );
    },
  ];
}

/** From nothing to a function that answers, each door and the course's event. */
export function deploymentSteps(parts: VerifyParts, handover: Handover): readonly Step[] {
  const { run, connect, secret } = parts;
  return [
    [
      'deploy',
      async () => {
        await pulumi(run, upWords);
        handover.outputs = await readOutputs(parts);
        const control = await parts.connectFunction(handover.outputs.functionName);
        handover.firstVersion = await control.getLiveVersion();
        return [`version ${handover.firstVersion} is live`, JSON.stringify(handover.outputs)];
      },
    ],
    [
      'doctor, after, and each door',
      async () => {
        const aws = await connect();
        const deployed = handover.outputs;
        return examine((examination) => checkAfter(examination, { deployed, aws, settings: undefined, secret }));
      },
    ],
    [
      "the course's direct event",
      async () => {
        const aws = await connect();
        const { isError, payload } = await aws.invoke(handover.outputs.functionName, { url: parts.photoUrl });
        const scores: unknown = isError ? undefined : JSON.parse(payload);
        const isScores =
          typeof scores === 'object' &&
          scores !== null &&
          Object.values(scores).length > 0 &&
          Object.values(scores).every((score) => typeof score === 'number');
        if (!isScores) throw new Error(`It is not answered by the scores of labels: ${payload.slice(0, 300)}`);
        return [payload.slice(0, 600)];
      },
    ],
  ];
}

/** @throws Error where there are none */
export async function readOutputs({ run }: VerifyParts): Promise<Handover['outputs']> {
  const outputs = await readStackOutputs(run, verifyStack);
  if (typeof outputs === 'string') throw new Error(`No outputs: ${outputs}.`);
  return outputs;
}

/** A photo through each door of what is deployed. */
export async function seeDoors({ connect, secret }: VerifyParts, { outputs }: Handover): Promise<readonly string[]> {
  const aws = await connect();
  return examine((examination) => checkDoors(examination, { deployed: outputs, aws, secret }));
}

/** Runs doctor's checks. @throws Error with all that they found where one of them fails, or where none was made */
async function examine(check: (examination: Examination) => Promise<unknown>): Promise<readonly string[]> {
  const ignore = () => undefined;
  const examination = startExamination(ignore, ignore);
  await check(examination);
  const { findings } = examination;
  const lines = findings.map((finding) => toPlainText(describeFinding(finding)));
  const isGood = findings.some(({ status }) => status === 'ok') && findings.every(({ status }) => status !== 'failed');
  if (!isGood) throw new Error(lines.join('\n') || 'There was nothing to check.');
  return lines;
}

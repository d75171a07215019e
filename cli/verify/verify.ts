import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CliError } from '../cli-error.ts';
import { checkStep, deploymentSteps, makeStackStep } from './deployment-steps.ts';
import { operationSteps } from './operation-steps.ts';
import { hasVerifyStack, pulumi } from './pulumi.ts';
import { forgetStackStep, putAwaySteps } from './put-away-steps.ts';
import { rolloutSteps } from './rollout-steps.ts';
import { type RunStepsOptions, runSteps } from './run-steps.ts';
import { type Handover, type Step, type StepRecord, type VerifyParts, verifyStack } from './verification.ts';

/**
 * Deploys a stack of its own, tries all that the documentation promises of it, and takes it away again. Nothing that
 * fails is thrown: what is there goes away, and the records say what was seen.
 */
export async function verify(parts: VerifyParts, options: RunStepsOptions): Promise<readonly StepRecord[]> {
  const handover: Handover = { outputs: { functionName: '' }, firstVersion: '' };
  const made = await runSteps([makeStackStep(parts)], [], options);
  const steps = [
    checkStep(parts),
    ...deploymentSteps(parts, handover),
    ...rolloutSteps(parts, handover),
    ...operationSteps(parts, handover),
  ];
  const isMade = made.every(({ status }) => status === 'ok');
  return [...made, ...(await runSteps(isMade ? steps : [], putAwaySteps(parts), options))];
}

/** The same as far as nothing on AWS is changed: doctor's look, a preview, and the search by tag. */
export async function rehearse(parts: VerifyParts, options: RunStepsOptions): Promise<readonly StepRecord[]> {
  const preview: Step = ['preview of the deployment', async () => [(await pulumi(parts.run, ['preview'])).trimEnd()]];
  const search: Step = [
    'search by tag',
    async () => [`${(await parts.findTagged()).length} things have the tags of the stack`],
  ];
  return runSteps([makeStackStep(parts), checkStep(parts), preview, search], [forgetStackStep(parts)], options);
}

/** @throws CliError where a stack of that name, or its file, is there: it might be somebody's */
export async function requireNoStack({ run, projectDirectory }: VerifyParts): Promise<void> {
  const file = `Pulumi.${verifyStack}.yaml`;
  const words = `pulumi destroy --stack ${verifyStack}, then pulumi stack rm ${verifyStack}`;
  if (await hasVerifyStack(run)) {
    throw new CliError(`There is a stack ${verifyStack} already.`, `Take it away first: ${words}.`);
  }
  if (existsSync(join(projectDirectory, file))) {
    throw new CliError(`There is a ${file} already.`, 'Delete it, or give it another name.');
  }
}

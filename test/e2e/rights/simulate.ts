import type { Simulation } from '@cloud-copilot/iam-simulate';
import type { PolicyDocument } from '../../../infra/rights/policy-document.ts';

export const account = '123456789012';

/** As AWS makes a key by default: what its account's policies allow. */
const keyPolicy = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: 'kms:*', Resource: '*' }],
};

/** One call to AWS: the action, what it is about, and what AWS tells policies of it. */
export interface Call {
  readonly action: string;
  readonly resource: string;
  readonly context?: Readonly<Record<string, string>>;
}

/**
 * Whether someone with this policy, within this boundary if there is one, may make the call. Evaluated as IAM does, with
 * condition keys and operators; an action, a resource or a key that AWS does not know is an error.
 */
export async function isAllowed(call: Call, policy: PolicyDocument, boundary?: PolicyDocument): Promise<boolean> {
  const { runSimulation, runUnsafeSimulation } = await import('@cloud-copilot/iam-simulate');
  const { action, resource, context = {} } = call;
  const simulation: Simulation = {
    request: {
      principal: `arn:aws:iam::${account}:user/deployer`,
      action,
      resource: { resource, accountId: account },
      contextVariables: { ...context },
    },
    identityPolicies: [{ name: 'policy', policy }],
    serviceControlPolicies: [],
    resourceControlPolicies: [],
    ...(action.startsWith('kms:') && { resourcePolicy: keyPolicy }),
    ...(boundary && { permissionBoundaryPolicies: [{ name: 'boundary', policy: boundary }] }),
  };
  // The evaluator's table of API Gateway knows neither HTTP APIs nor TagResource, so these are taken as they are.
  if (action.startsWith('apigateway:')) {
    return runUnsafeSimulation(simulation, {}) === 'Allowed';
  }
  const result = await runSimulation(simulation, {});
  if (result.resultType === 'error') throw new Error(`${action} on ${resource}: ${JSON.stringify(result.errors)}`);
  return result.overallResult === 'Allowed';
}

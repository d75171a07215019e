import type { StackSettings } from '../../infra/settings.ts';
import type { DeployedFunction } from './aws-account.ts';
import { failed, type Outcome, ok } from './outcome.ts';

/** Whether the version that the alias names is ready, and is what the settings say. */
export function checkFunction(
  found: DeployedFunction,
  wanted: Pick<StackSettings, 'architecture' | 'memoryInMb'> | undefined,
): Outcome {
  const { state, lastUpdate, reason, architecture, memoryInMb } = found;
  if (state === 'Inactive') return ok('idle for weeks; the next call wakes it');
  if (state === 'Pending' || lastUpdate === 'InProgress') {
    return failed('It is still being made ready.', 'Wait a minute and run this again.');
  }
  if (state !== 'Active' || lastUpdate === 'Failed') {
    return failed(
      `Its state is ${state}, its last update ${lastUpdate || 'unknown'}: ${reason ?? 'no reason given'}.`,
      'Run "npm run deploy" again.',
    );
  }
  const differs = wanted && (wanted.architecture !== architecture || wanted.memoryInMb !== memoryInMb);
  const is = `${architecture}, ${memoryInMb} MB`;
  if (!differs) return ok(`active, ${is}`);
  return failed(
    `It runs on ${is}, but the settings say ${wanted.architecture}, ${wanted.memoryInMb} MB.`,
    'Run "npm run deploy" to bring the two together.',
  );
}

interface PermissionStatement {
  readonly Effect?: string;
  readonly Action?: string | readonly string[];
  readonly Principal?: string | Readonly<Record<string, string>>;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | boolean>>>>;
}

/** Since October 2025 a public URL needs both: one for the URL, one for the invocation behind it. */
const publicPermissions = [
  { action: 'lambda:InvokeFunctionUrl', condition: 'lambda:FunctionUrlAuthType', value: 'NONE' },
  { action: 'lambda:InvokeFunction', condition: 'lambda:InvokedViaFunctionUrl', value: 'true' },
] as const;

/** Whether the alias's policy lets anyone call its public URL, and API Gateway the function where there is an API. */
export function checkPermissions(
  policy: string | undefined,
  doors: { readonly isUrlPublic: boolean; readonly hasApi: boolean },
): Outcome {
  const document: { Statement?: readonly PermissionStatement[] } = JSON.parse(policy ?? '{}');
  const allowed = (document.Statement ?? []).filter(({ Effect: effect }) => effect === 'Allow');
  const missing = [
    ...publicPermissions
      .filter((permission) => doors.isUrlPublic && !allowed.some((statement) => isPublic(statement, permission)))
      .map(({ action, condition, value }) => `${action} for everyone (${condition} ${value})`),
    ...(doors.hasApi && !allowed.some(isForApi) ? ['lambda:InvokeFunction for API Gateway'] : []),
  ];
  if (missing.length === 0) return ok(`${allowed.length} statements on the alias`);
  return failed(`The policy of the alias lacks ${missing.join(' and ')}.`, 'Run "npm run deploy" to put it back.');
}

function isPublic(
  statement: PermissionStatement,
  { action, condition, value }: (typeof publicPermissions)[number],
): boolean {
  const { Principal: principal } = statement;
  const isForEveryone = principal === '*' || (typeof principal === 'object' && principal.AWS === '*');
  if (!isForEveryone || ![statement.Action].flat().includes(action)) return false;
  const conditions = Object.values(statement.Condition ?? {}).flatMap((keys) => Object.entries(keys));
  // Without any condition it allows all that the condition would.
  return conditions.length === 0 || conditions.some(([key, is]) => key === condition && String(is) === value);
}

function isForApi({ Principal: principal, Action: action }: PermissionStatement): boolean {
  return (
    typeof principal === 'object' &&
    principal.Service === 'apigateway.amazonaws.com' &&
    [action].flat().includes('lambda:InvokeFunction')
  );
}

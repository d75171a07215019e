import type { RecordedStack } from '../run-stack.ts';

/** Each statement of a role's policies, by the policy's name. */
export function rightsOf(stack: RecordedStack, policy: string) {
  const found = stack.all('aws:iam/rolePolicy:RolePolicy').find(({ name }) => name === policy);
  const { Statement } = JSON.parse(found?.inputs.policy ?? '{"Statement":[]}');
  return Statement.map(({ Action, Resource }: { Action: unknown; Resource: unknown }) => [
    [Action].flat().join(' '),
    [Resource].flat(),
  ]);
}

/** The inputs of the resource of a type and name. */
export const named = (stack: RecordedStack, type: string, name: string) =>
  stack.all(type).find((resource) => resource.name === name)?.inputs;

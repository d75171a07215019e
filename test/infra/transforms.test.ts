import { readFileSync } from 'node:fs';
import type { ResourceTransform, ResourceTransformArgs } from '@pulumi/pulumi';
import { expect, it } from 'vitest';

const page = readFileSync(new URL('../../docs/deploy.md', import.meta.url), 'utf8');

/** The transform that the page shows, run as it stands there. */
function readTransform(): ResourceTransform {
  const [, lines = ''] = /^ {4}import \* as pulumi[^\n]*\n((?: {4}[^\n]*\n)+)/m.exec(page) ?? [];
  let shown: ResourceTransform | undefined;
  const registerResourceTransform = (transform: ResourceTransform) => {
    shown = transform;
  };
  new Function('pulumi', lines)({ runtime: { registerResourceTransform } });
  if (shown === undefined) throw new Error('docs/deploy.md shows no transform.');
  return shown;
}

it.each([
  ['more of /tmp', 'aws:lambda/function:Function', { timeout: 28, ephemeralStorage: { size: 1024 } }, {}],
  ["the owner's name alone", 'aws:apigatewayv2/api:Api', { timeout: 28, disableExecuteApiEndpoint: true }, {}],
  ['logs that outlive the stack', 'aws:cloudwatch/logGroup:LogGroup', { timeout: 28 }, { retainOnDelete: true }],
  ['anything else as it was', 'aws:iam/role:Role', { timeout: 28 }, {}],
])('gives %s', async (_case, type, props, opts) => {
  const args: Partial<ResourceTransformArgs> = { type, props: { timeout: 28 }, opts: { protect: true } };

  const result = await readTransform()(args as ResourceTransformArgs);

  expect(result).toEqual({ props, opts: { protect: true, ...opts } });
});

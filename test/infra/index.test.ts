import * as pulumi from '@pulumi/pulumi';
import { expect, it, vi } from 'vitest';
import { writeTinyModel } from '../helpers/tiny-model.ts';
import { mockPulumi } from './run-stack.ts';

vi.mock('../../function/bundling/bundle.ts', () => ({ bundle: async () => ({}) }));

it('puts out what the stack promises, from its config', async () => {
  const resources = await mockPulumi();
  pulumi.runtime.setAllConfig({ 'lambda-lens:modelDirectory': writeTinyModel(), 'lambda-lens:functionUrl': 'off' });
  // Plain JavaScript, which has no types.
  const entry: string = '../../index.mjs';

  const { default: outputs } = await import(entry);

  expect(Object.keys(outputs).sort()).toEqual(
    [
      'apiUrl',
      'bulk',
      'curl',
      'domainTarget',
      'functionName',
      'functionUrl',
      'imageUri',
      'kept',
      'logGroup',
      'modelVersion',
      'repositoryUrl',
    ].sort(),
  );
  expect(outputs.functionUrl).toBeUndefined();

  await new Promise((resolve) => pulumi.output(outputs.apiUrl).apply(resolve));
  await pulumi.runtime.disconnect();

  expect(resources.map(({ type }) => type)).toContain('aws:lambda/function:Function');
});

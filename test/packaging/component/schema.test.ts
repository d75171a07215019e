import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ComponentResource } from '@pulumi/pulumi';
import { ComponentProvider } from '@pulumi/pulumi/provider/experimental/index.js';
import { expect, it } from 'vitest';
import { stackSettings } from '../../../facts/stack-settings.ts';
import packageJson from '../../../package.json' with { type: 'json' };

const directory = fileURLToPath(new URL('../../../packaging/component', import.meta.url));

/** Stands for the component, of which Pulumi reads the name here and all else from the source. */
class LambdaLens extends ComponentResource {}

it('Pulumi infers a schema from the component: every setting of the stack, none of them needed', async () => {
  const provider = new ComponentProvider({ name: 'lambda-lens', dirname: directory, components: [LambdaLens] });

  const schema = JSON.parse(await provider.getSchema());

  const { inputProperties, requiredInputs, properties } = schema.resources['lambda-lens:index:LambdaLens'];
  expect(Object.keys(inputProperties).sort()).toEqual(Object.keys(stackSettings).sort());
  expect(requiredInputs).toEqual([]);
  expect(inputProperties).toMatchObject({
    memoryInMb: { type: 'number' },
    httpApi: { type: 'boolean', plain: true },
    photoBuckets: { type: 'array', items: { type: 'string' }, plain: true },
    tags: { type: 'object', additionalProperties: { type: 'string' } },
  });
  expect(properties).toMatchObject({ functionUrl: { type: 'string' }, curl: { type: 'string' } });
});

it('asks for the versions that the project is tried with', () => {
  const { version, dependencies } = JSON.parse(readFileSync(`${directory}/package.json`, 'utf8'));
  const { 'lambda-lens': _, ...others } = dependencies;

  expect(version).toBe(packageJson.version);
  expect(packageJson.devDependencies).toMatchObject(others);
});

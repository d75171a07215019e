import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ComponentResource } from '@pulumi/pulumi';
import { ComponentProvider } from '@pulumi/pulumi/provider/experimental/index.js';
import { expect, it } from 'vitest';
import { stackSettings } from '../../../facts/stack-settings.ts';
import packageJson from '../../../package.json' with { type: 'json' };
import { readSchema } from './read-schema.ts';

const directory = fileURLToPath(new URL('../../../packaging/component', import.meta.url));
const read = (file: string) => JSON.parse(readFileSync(`${directory}/${file}`, 'utf8'));

/** Stands for the component, of which Pulumi reads the name here and all else from the source. */
class LambdaLens extends ComponentResource {}

it('schema.json is what Pulumi infers from the component, as "pulumi package get-schema" prints it', async () => {
  const provider = new ComponentProvider({ name: 'lambda-lens', dirname: directory, components: [LambdaLens] });

  const schema = readSchema(await provider.getSchema());

  expect(read('schema.json')).toMatchObject(schema);
});

it('takes every setting of the stack, and needs none', () => {
  const component = read('schema.json').resources['lambda-lens:index:LambdaLens'];

  expect(Object.keys(component.inputProperties).sort()).toEqual(Object.keys(stackSettings).sort());
  expect(component.requiredInputs).toBeUndefined();
});

it('asks for the versions that the project is tried with', () => {
  const { version, dependencies } = read('package.json');
  const { 'lambda-lens': _, ...others } = dependencies;

  expect(version).toBe(packageJson.version);
  expect(packageJson.devDependencies).toMatchObject(others);
});

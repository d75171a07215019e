import * as pulumi from '@pulumi/pulumi';
import { readConfig } from '../../infra/read-config.ts';
import { writeTinyModel } from '../helpers/tiny-model.ts';

export const modelDirectory = writeTinyModel();

/** Before each test that configures: a new engine, so to speak, with no settings. */
export async function mockEngine(): Promise<void> {
  await pulumi.runtime.setMocks(
    { newResource: () => ({ id: '', state: {} }), call: () => ({}) },
    'lambda-lens',
    'test',
  );
}

export function configure(values: Readonly<Record<string, string>>) {
  const own = Object.entries(values).map(([key, value]) => [`lambda-lens:${key}`, value]);
  pulumi.runtime.setAllConfig({ 'aws:region': 'eu-west-1', ...Object.fromEntries(own) });
  return readConfig();
}

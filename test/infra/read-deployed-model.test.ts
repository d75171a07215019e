import * as pulumi from '@pulumi/pulumi';
import { describe, expect, it } from 'vitest';
import { assets } from '../../function/bundling/assets.ts';
import { LambdaLens } from '../../infra/lambda-lens.ts';
import { readDeployedModel } from '../../infra/read-deployed-model.ts';
import { load } from '../../model/classifier.ts';
import { writeTinyModel } from '../helpers/tiny-model.ts';
import { mockPulumi } from './run-stack.ts';

const broken: readonly (readonly [string, Parameters<typeof writeTinyModel>[0], string])[] = [
  ['weights that are cut short', { files: { 'weights.bin': new Uint8Array(12) } }, 'weights.bin'],
  ['a model.json that is no JSON', { files: { 'model.json': '{"format":' } }, 'model.json is not JSON'],
  ['a model.json that is no graph model', { files: { 'model.json': '{}' } }, 'not a TF.js graph model'],
  ['a card.json that is no JSON', { files: { 'card.json': 'name: tiny' } }, 'card.json is not JSON'],
  ['a card of other weights', { card: { version: '0123456789ab' } }, 'card.json is of the weights 0123456789ab'],
  ['a damaged parity.json', { files: { 'parity.json': '[' } }, 'parity.json is damaged'],
];

describe('a model directory to be deployed', () => {
  it.each(broken)('is refused with %s, in the words of the service', async (_what, options, words) => {
    const directory = writeTinyModel(options);

    const read = () => readDeployedModel(directory);

    expect(read).toThrow(pulumi.RunError);
    expect(read).toThrow(words);
    const { message, hint } = await load(directory, assets).catch((error) => error);
    expect(read).toThrow(`modelDirectory is "${directory}", which can't be served: ${message} ${hint}`);
  });

  it('is refused before anything is planned', async () => {
    const resources = await mockPulumi();
    const modelDirectory = writeTinyModel({ files: { 'weights.bin': new Uint8Array(12) } });

    expect(() => new LambdaLens('lambda-lens', { modelDirectory })).toThrow(pulumi.RunError);

    expect(resources).toEqual([]);
  });

  it('is told by its name and version', async () => {
    const directory = writeTinyModel();

    const classifier = await load(directory, assets);
    classifier.dispose();

    const { version } = classifier;
    expect(readDeployedModel(directory)).toEqual({ version, description: `model tiny ${version}` });
  });
});

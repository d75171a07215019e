import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readStackConfig, readStackOutputs, readStackSettings } from '../../../cli/doctor/read-stack.ts';
import { writeTinyModel } from '../../helpers/tiny-model.ts';

const folder = mkdtempSync(join(tmpdir(), 'read-stack-'));
afterAll(() => rmSync(folder, { recursive: true }));

function writeStack(name: string, ...lines: readonly string[]) {
  writeFileSync(join(folder, `Pulumi.${name}.yaml`), ['config:', ...lines.map((line) => `  ${line}`)].join('\n'));
}

describe("a stack's file", () => {
  it('gives region, profile and the settings as the stack reads them', async () => {
    const model = `lambda-lens:modelDirectory: ${writeTinyModel()}`;
    const lines = ['lambda-lens:httpApi: off', 'lambda-lens:photoBuckets: [one, two]', model];
    writeStack('full', 'aws:region: eu-west-1', 'aws:profile: shop', ...lines);

    const config = await readStackConfig(folder, 'full');

    expect(config).toMatchObject({ region: 'eu-west-1', profile: 'shop' });

    const settings = await readStackSettings(folder, config);

    expect(settings).toMatchObject({ httpApi: false, photoBuckets: ['one', 'two'], memoryInMb: 1769 });
  });

  it('may be missing', async () => {
    expect(await readStackConfig(folder, 'none')).toEqual({ settings: {}, region: undefined, profile: undefined });
  });

  it.each([
    ['a key that is no setting', 'lambda-lens:memory: 512', 'memory: no such setting'],
    ['a bad value', 'lambda-lens:memoryInMb: 5', 'memoryInMb is "5"'],
    ['a model that is not there', 'lambda-lens:modelDirectory: nowhere', 'modelDirectory is'],
  ])('with %s is refused', async (_case, line, message) => {
    writeStack('bad', line);

    await expect(readStackSettings(folder, await readStackConfig(folder, 'bad'))).rejects.toThrow(message);
  });

  it('that is no YAML is refused', async () => {
    writeStack('broken', '[unclosed');

    await expect(readStackConfig(folder, 'broken')).rejects.toThrow('Pulumi.broken.yaml cannot be read');
  });

  it('that cannot be read is refused in words', async () => {
    mkdirSync(join(folder, 'Pulumi.folder.yaml'));

    await expect(readStackConfig(folder, 'folder')).rejects.toThrow(
      'Pulumi.folder.yaml cannot be read: it is a folder.',
    );
  });
});

describe("a stack's outputs", () => {
  it.each([
    ['there is no pulumi', undefined, 'there is no pulumi'],
    ['pulumi fails', { code: 255, output: '', errors: 'error: no stack named dev\n' }, 'no stack named dev'],
    ['it is not deployed', { code: 0, output: '{}', errors: '' }, 'not deployed yet'],
  ])('are none where %s', async (_case, result, reason) => {
    expect(await readStackOutputs(async () => result, 'dev')).toContain(reason);
  });

  it('are those that pulumi tells', async () => {
    const outputs = { functionName: 'lambda-lens-1', apiUrl: 'https://api.example/' };
    const run = async () => ({ code: 0, output: JSON.stringify(outputs), errors: '' });

    expect(await readStackOutputs(run, 'dev')).toEqual(outputs);
  });
});

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { buildKerasFile, sequentialConfig } from '../../importer/build-model-file.ts';
import { fixtures, folder, lambdaLens } from './import-line.ts';

afterEach(() => {
  process.exitCode = undefined;
});

describe('lambda-lens check', () => {
  it('lists the layers, what is folded, the sums and the sizes', async () => {
    const text = await lambdaLens('check', join(fixtures, 'head.keras'));

    expect(text).toMatch(/^batch_normalization +BatchNormalization +24 +folded$/m);
    expect(text).toMatch(/^total +6 layers +214 +3264$/m);
    expect(text).toMatch(/This machine \d+ ms.*\nLambda +memoryInMb \d+; about \d+ ms, estimated.*not measured/);
    expect(process.exitCode).toBeUndefined();
  });

  it('names every unsupported layer, and exits with 1', async () => {
    const file = join(folder, 'odd.keras');
    const odd = (name: string) => ({ class_name: 'Odd', config: { name } });
    writeFileSync(
      file,
      await buildKerasFile(
        sequentialConfig([odd('one'), { class_name: 'ReLU', config: { name: 'relu' } }, odd('two')]),
      ),
    );

    const result = JSON.parse(await lambdaLens('check', '--json', file));

    expect(result).toMatchObject({ supported: false, problem: { message: expect.stringContaining('"one" (Odd)') } });
    expect(result.layers.map(({ fate }: { fate: string }) => fate)).toEqual(['unsupported', 'unknown', 'unsupported']);
    expect(process.exitCode).toBe(1);
  });
});

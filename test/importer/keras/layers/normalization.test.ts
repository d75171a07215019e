import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { ImportError } from '../../../../importer/import-error.ts';
import { readModel } from '../../../../importer/read-model.ts';
import { buildKerasFile, sequentialConfig } from '../../build-model-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'keras-defaults-'));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function readWith(said: object, variables: number) {
  const config = sequentialConfig([
    { class_name: 'GroupNormalization', config: { name: 'grouped', groups: 3, ...said } },
    { class_name: 'GlobalAveragePooling2D', config: { name: 'mean' } },
    { class_name: 'Activation', config: { name: 'share', activation: 'softmax' } },
  ]);
  const bytes = await buildKerasFile(config, (weights) => {
    const vars = weights.create_group('layers').create_group('group_normalization').create_group('vars');
    for (let name = 0; name < variables; name++) {
      vars.create_dataset({ name: `${name}`, data: Float32Array.of(1, 2, 3), shape: [3] });
    }
  });
  const path = join(folder, 'model.keras');
  writeFileSync(path, bytes);
  return await readModel(path, {});
}

it.each([
  [{}, 2],
  [{ center: false }, 1],
  [{ scale: false }, 1],
])('a group normalisation of %j needs %i variables, and is refused with one fewer', async (said, variables) => {
  const read = readWith(said, variables);

  await expect(read).resolves.toBeDefined();
  await expect(readWith(said, variables - 1)).rejects.toBeInstanceOf(ImportError);
});

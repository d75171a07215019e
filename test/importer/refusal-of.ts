import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { File } from 'h5wasm';
import { expect } from 'vitest';
import { ImportError } from '../../importer/import-error.ts';
import type { ReadOptions } from '../../importer/model-reader.ts';
import { readModel } from '../../importer/read-model.ts';
import { type LayerJson, sequentialConfig } from './build-model-file.ts';

export const folder = mkdtempSync(join(tmpdir(), 'read-model-'));
export const dense: LayerJson = { class_name: 'Dense', config: { name: 'scores', units: 2, use_bias: false } };
export const flatten: LayerJson = { class_name: 'Flatten', config: { name: 'flat' } };
export const plain = sequentialConfig([flatten, dense]);

export async function refusalOf(bytes: Uint8Array, options: ReadOptions = {}): Promise<ImportError> {
  const path = join(folder, 'model.keras');
  writeFileSync(path, bytes);
  return await readModel(path, options).then(
    () => expect.fail('was imported'),
    (error: unknown) => {
      expect(error).toBeInstanceOf(ImportError);
      return error as ImportError;
    },
  );
}

export function writeDense(file: File, shape: number[] = [108, 2]): void {
  const data = new Float32Array(shape.reduce((product, size) => product * size, 1));
  file.create_group('layers').create_group('dense').create_group('vars').create_dataset({ name: '0', data, shape });
}

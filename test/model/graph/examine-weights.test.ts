import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { examineWeights } from '../../../model/graph/examine-weights.ts';

const scratch = mkdtempSync(join(tmpdir(), 'lambda-lens-examined-'));
const path = join(scratch, 'weights.bin');
// More than is read at once, and no multiple of it.
const bytes = Uint8Array.from({ length: 600_001 }, (_, index) => index % 251);
const model = Buffer.from('{}');
writeFileSync(path, bytes);
afterAll(() => rmSync(scratch, { recursive: true }));

it('hashes a file that is larger than what is read at once, and model.json with it', () => {
  const { hash, hashWithModel } = examineWeights(path, [], model);

  expect(hash.digest('hex')).toBe(createHash('sha256').update(bytes).digest('hex'));
  expect(hashWithModel.digest('hex')).toBe(createHash('sha256').update(model).update(bytes).digest('hex'));
});

it('says which weight is not finite', () => {
  const placed = { name: 'dense', type: 'float32', from: 8, sizeInBytes: 8 };
  const infinite = join(scratch, 'infinite.bin');
  writeFileSync(infinite, Buffer.from(Float32Array.of(1, 2, 3, Number.NaN).buffer));

  expect(examineWeights(infinite, [placed], model).infiniteWeight).toBe('dense');
  expect(examineWeights(infinite, [{ ...placed, from: 0 }], model).infiniteWeight).toBeUndefined();
});

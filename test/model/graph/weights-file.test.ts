import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, it } from 'vitest';
import { WeightsFile } from '../../../model/graph/weights-file.ts';

const scratch = mkdtempSync(join(tmpdir(), 'lambda-lens-weights-'));
const path = join(scratch, 'weights.bin');
// More than is read at once, and no multiple of it.
const bytes = Uint8Array.from({ length: 600_001 }, (_, index) => index % 251);
beforeEach(() => writeFileSync(path, bytes));
afterAll(() => rmSync(scratch, { recursive: true }));

it('hashes a file that is larger than what is read at once', () => {
  const { sizeInBytes, hash } = new WeightsFile(path);

  expect(sizeInBytes).toBe(bytes.length);
  expect(hash.digest('hex')).toBe(createHash('sha256').update(bytes).digest('hex'));
});

it('reads a part', () => {
  const part = new Uint8Array(300_000);
  new WeightsFile(path).read(part, 300_001);

  expect(part).toEqual(bytes.subarray(300_001));
});

it('takes no part for whole', () => {
  const file = new WeightsFile(path);
  truncateSync(path, 10);

  expect(() => file.read(new Uint8Array(11), 0)).toThrow('was cut short while it was read');
});

it('says what it is where it is no plain file', () => {
  expect(() => new WeightsFile(join(scratch, 'none'))).toThrow('there is no such file or folder');
  expect(() => new WeightsFile(scratch)).toThrow('it is a folder, not a file');
});

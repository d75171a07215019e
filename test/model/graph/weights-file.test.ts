import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, it } from 'vitest';
import { WeightsFile } from '../../../model/graph/weights-file.ts';

const scratch = mkdtempSync(join(tmpdir(), 'lambda-lens-weights-'));
const path = join(scratch, 'weights.bin');
const bytes = Uint8Array.from({ length: 600_001 }, (_, index) => index % 251);
beforeEach(() => writeFileSync(path, bytes));
afterAll(() => rmSync(scratch, { recursive: true }));

it('reads a part', () => {
  const part = new Uint8Array(300_000);
  new WeightsFile(path).read(part, 300_001);

  expect(part).toEqual(bytes.subarray(300_001));
});

it('reads several parts of a file that is open meanwhile', () => {
  const file = new WeightsFile(path);
  const parts = [new Uint8Array(3), new Uint8Array(5)] as const;

  file.keepOpen(() => {
    rmSync(path);
    parts.forEach((part, at) => {
      file.read(part, at * 100);
    });
  });

  expect(file.sizeInBytes).toBe(bytes.length);
  expect(parts).toEqual([bytes.subarray(0, 3), bytes.subarray(100, 105)]);
  expect(() => file.read(parts[0], 0)).toThrow('there is no such file or folder');
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

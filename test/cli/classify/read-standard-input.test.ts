import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { readStandardInput } from '../../../cli/classify/read-standard-input.ts';

const bytes = [Buffer.from([1, 2]), Buffer.from([3])];

it('reads what is there where a word asks for it', async () => {
  expect(await readStandardInput(['hat.jpg', '-'], Readable.from(bytes))).toEqual(Buffer.from([1, 2, 3]));
});

it('reads nothing where no word does', async () => {
  expect(await readStandardInput(['hat.jpg'], Readable.from(bytes))).toBeUndefined();
});

it('waits for nobody to type a photo', async () => {
  const terminal = Object.assign(Readable.from(bytes), { isTTY: true });

  await expect(readStandardInput(['-'], terminal)).rejects.toThrow('is the terminal');
});

it('stops at more than a photo may have', async () => {
  await expect(readStandardInput(['-'], Readable.from(bytes), 2)).rejects.toThrow('more than the 0.000002 MB');
});

it('takes as much as a photo may have', async () => {
  expect(await readStandardInput(['-'], Readable.from(bytes), 3)).toHaveLength(3);
});

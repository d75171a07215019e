import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { drawnJpeg } from '../helpers/drawn-jpeg.ts';
import { writeTinyModel } from '../helpers/tiny-model.ts';
import { runCli } from './run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'classify-'));
const model = writeTinyModel();
afterAll(() => rmSync(folder, { recursive: true }));

const good = join(folder, 'good.jpg');
const bad = join(folder, 'bad.jpg');
const missing = join(folder, 'missing.jpg');
writeFileSync(good, drawnJpeg(40, 30));
writeFileSync(bad, drawnJpeg(40, 30).subarray(0, 400));

test('prints a table, goes on after files that are none, and ends with 1', async () => {
  const { output, errors, code } = await runCli(['classify', '--model', model, missing, bad, folder, good]);
  expect(code).toBe(1);
  expect(output).toMatch(/good\.jpg: \w+ \(jpeg 40 × 30, \d+ ms\)\n {2}(red|green) +\d+\.\d %/);
  expect(errors).toContain(`${missing}: There is no such file.`);
  expect(errors).toContain(`${bad}: `);
  expect(errors).toContain(`${folder}: This is a directory`);
});

test('prints a line of JSON a photo, in their order', async () => {
  const { output, code } = await runCli(['classify', '--json', '--top', '1', '--model', model, good, bad, good]);
  expect(code).toBe(1);
  const lines = output
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines).toEqual([
    expect.objectContaining({ file: good, label: expect.any(String), predictions: [expect.anything()] }),
    { file: bad, error: expect.objectContaining({ code: 'corrupt_photo' }) },
    expect.objectContaining({ file: good }),
  ]);
});

test('does not understand --top 0', async () => {
  expect((await runCli(['classify', '--top', '0', good])).code).toBe(2);
});

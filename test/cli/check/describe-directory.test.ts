import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { describeDirectory, isModelDirectory } from '../../../cli/check/describe-directory.ts';
import { writeTinyModel } from '../../helpers/tiny-model.ts';

const folder = mkdtempSync(join(tmpdir(), 'check-directory-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('a model directory', () => {
  it.each([
    [['card.json', 'model.json'], true],
    [['card.json'], false],
    [['model.json'], false],
  ])('is one that has %j: %s', (files, isOne) => {
    const path = join(folder, files.join('-'));
    mkdirSync(path);
    for (const file of files) writeFileSync(join(path, file), '{}');

    expect(isModelDirectory(path)).toBe(isOne);
  });

  it('is described line by line', async () => {
    const { lines, json } = await describeDirectory(writeTinyModel());

    expect(lines.slice(1)).toEqual([
      'Labels       2: red, green',
      'Input        4 x 4 pixels, rgb; stretch, nearest',
      'Pixels       0-255 x 0.00392156862745098 + 0',
      'Output       logits; it can say where in a photo it looks',
      'Calibration  none: every verdict is "uncalibrated"; "lambda-lens calibrate" mends that',
      'Measured     not yet: "lambda-lens evaluate"',
      'Parity       no answers of the original are recorded',
    ]);
    expect(json).toMatchObject({ name: 'tiny', labels: ['red', 'green'], canExplain: true, parity: undefined });
  });

  it.each([
    [{ temperature: 2, unsureBelow: 0.7 }, 'logits', 'temperature 2, unsure below 0.7; nothing is called unfamiliar'],
    [{ temperature: 2 }, 'logits', 'temperature 2, unsure below 0.5; nothing is called unfamiliar'],
    [{ temperature: 1, unsureBelow: [0.5, 1] }, 'sigmoids', 'each label alone, unsure below red 0.5, green 1'],
  ] as const)('says how it is calibrated: %j', async (calibration, output, sentence) => {
    const final = output === 'sigmoids' ? 'Sigmoid' : 'none';
    const { lines } = await describeDirectory(writeTinyModel({ card: { calibration, output }, final }));

    expect(lines).toContain(`Calibration  ${sentence}`);
  });

  it.each([
    ['evaluation', '97.5 % of 40 photos right'],
    ['crossValidation', '97.5 % of 40 photos right, each left out of the training in turn'],
  ])('says how good it was measured to be, by %s', async (by, sentence) => {
    const metrics = { [by]: { photos: 40, accuracy: 0.9751 } };

    const { lines } = await describeDirectory(writeTinyModel({ card: { metrics }, outputs: ['score'] }));

    expect(lines.slice(4, 7)).toContain('Output       logits; it cannot explain its answers');
    expect(lines).toContain(`Measured     ${sentence}`);
  });
});

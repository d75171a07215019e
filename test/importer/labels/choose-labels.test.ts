import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { chooseLabels } from '../../../importer/labels/choose-labels.ts';

const folder = mkdtempSync(join(tmpdir(), 'labels-beside-'));
const [file, beside] = ['keras_model.h5', 'labels.txt'].map((name) => join(folder, name)) as [string, string];
writeFileSync(beside, '0 Flask\n1 Beaker\n');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const model = { labels: undefined, outputs: 2, maker: undefined };

describe('the labels of a model are', () => {
  it.each([
    ['those that the owner gives', ['a', 'b'], ['c', 'd'], ['a', 'b']],
    ['else those in its file', undefined, ['c', 'd'], ['c', 'd']],
  ])('%s', (_title, given, inFile, expected) => {
    const maker = 'teachable-machine';

    expect(chooseLabels(file, { ...model, labels: inFile, maker }, given)).toEqual({ labels: expected });
  });

  it('else those beside it, of an export of Teachable Machine', () => {
    expect(chooseLabels(file, { ...model, maker: 'teachable-machine' }, undefined)).toEqual({
      labels: ['Flask', 'Beaker'],
      foundIn: beside,
    });
  });

  it('asked for, where those beside it may be of another training', () => {
    expect(() => chooseLabels(file, model, undefined)).toThrow(
      expect.objectContaining({ hint: expect.stringContaining(`--labels ${beside}`) }),
    );
  });

  it.each([3, 4])('asked for, where those beside it are not %i', (outputs) => {
    expect(() => chooseLabels(file, { ...model, outputs, maker: 'teachable-machine' }, undefined)).toThrow(
      expect.objectContaining({ hint: expect.stringContaining(`--labels: ${outputs}, in a text file`) }),
    );
  });

  it('refused, where the owner gives too few', () => {
    expect(() => chooseLabels(file, { ...model, outputs: 3 }, ['a', 'b'])).toThrow(/2 labels.*3 outputs/);
  });
});

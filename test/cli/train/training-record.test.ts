import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readTrainingRecord } from '../../../cli/train/training-record.ts';

const folder = mkdtempSync(join(tmpdir(), 'training-record-'));
afterAll(() => rmSync(folder, { recursive: true }));
const photo = { path: '/p/cat/1.jpg', hash: 'ab', label: 'cat', predicted: 'dog', probability: 0.5 };

describe('the record of a training', () => {
  it('is missing where none was trained', () => {
    expect(readTrainingRecord(folder)).toBeUndefined();
    expect(readTrainingRecord(join(folder, 'nothing'))).toBeUndefined();
  });

  it.each([
    ['of an earlier version, without its folder', { body: '1', seed: 1, labels: ['cat'], photos: [photo] }, true],
    ['with its folder', { directory: '/p', body: '1', seed: 1, labels: ['cat'], photos: [photo] }, true],
    ['without photos', { labels: ['cat'] }, false],
    ['with a photo of no label', { labels: ['cat'], photos: [{ ...photo, label: 7 }] }, false],
    ['with a folder that is none', { directory: 7, labels: ['cat'], photos: [photo] }, false],
    ['that is a list', [], false],
    ['that is nothing', null, false],
  ])('is read or called damaged: one %s', (_what, record, isWhole) => {
    writeFileSync(join(folder, 'training.json'), JSON.stringify(record));

    expect(readTrainingRecord(folder)).toEqual(isWhole ? record : 'damaged');
  });

  it('is damaged where it is cut off', () => {
    writeFileSync(join(folder, 'training.json'), '{"labels":["cat"],"pho');

    expect(readTrainingRecord(folder)).toBe('damaged');
  });
});

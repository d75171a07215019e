import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { chooseFolders } from '../../../cli/review/choose-folders.ts';

const folder = mkdtempSync(join(tmpdir(), 'choose-folders-'));
afterAll(() => rmSync(folder, { recursive: true }));
const record = { body: '1', seed: 1, labels: ['hat'], photos: [], directory: '/data/photos', others: '/data/strange' };
writeFileSync(join(folder, 'training.json'), JSON.stringify(record));

describe('where reviewed photos go', () => {
  it.each([
    ['into the folder named, the others beside it', { into: 'mine' }, {}, resolve('mine'), `${resolve('mine')}-others`],
    ['into both that are named', { into: 'mine', others: 'x' }, {}, resolve('mine'), resolve('x')],
    ['into those that the model was trained on', { model: folder }, {}, '/data/photos', '/data/strange'],
    ['the same by the environment', {}, { MODEL_DIRECTORY: folder }, '/data/photos', '/data/strange'],
    ['beside its own', { model: folder, into: 'mine' }, {}, resolve('mine'), `${resolve('mine')}-others`],
    ['into a folder whose name begins alike', { into: 'mine', others: 'mine2' }, {}, resolve('mine'), resolve('mine2')],
  ])('is %s', async (_where, options, environment, into, others) => {
    expect(await chooseFolders(options, environment)).toMatchObject({ into, others });
  });

  it('comes with the model directory to train into, where that is the model of the folder', async () => {
    expect(await chooseFolders({ model: folder }, {})).toMatchObject({ out: folder });
    expect(await chooseFolders({ into: '/data/photos' }, { MODEL_DIRECTORY: folder })).toMatchObject({ out: folder });
    expect(await chooseFolders({ model: folder, into: 'mine' }, {})).toMatchObject({ out: undefined });
  });

  it.each([
    ['nothing says where', {}, /which folder/],
    ['the model remembers none', { model: tmpdir() }, /holds no training\.json/],
    ['the others would be a label', { into: 'mine', others: 'mine/strange' }, /would be a label/],
    ['the others are the labels themselves', { into: 'mine', others: './mine' }, /would be a label/],
  ])('is refused where %s', async (_why, options, message) => {
    await expect(chooseFolders(options, {})).rejects.toThrow(message);
  });
});

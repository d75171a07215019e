import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { assets } from '../../function/bundling/assets.ts';
import { load } from '../../model/classifier.ts';
import { readModelDirectory } from '../../model/read-model-directory.ts';
import { canonicalJson } from '../../model/version.ts';
import { writeTinyModel } from '../helpers/tiny-model.ts';

const versionOf = async (directory: string) => (await load(directory, assets)).version;

describe('the version of a model', () => {
  it('is the hash of model.json, weights.bin and what of the card changes answers', async () => {
    const directory = writeTinyModel();
    const read = (name: string) => readFileSync(join(directory, name));
    const { labels, input, output } = JSON.parse(read('card.json').toString());
    const hash = createHash('sha256').update(read('model.json')).update(read('weights.bin'));

    const expected = hash.update(canonicalJson({ input, labels, output })).digest('hex').slice(0, 12);

    expect(await versionOf(directory)).toBe(expected);
    expect(readModelDirectory(directory).version).toBe(expected);
  });

  it.each([
    ['another calibration', { calibration: { temperature: 2 } }],
    ['other labels', { labels: ['rot', 'grün'] }],
    ['another output', { output: 'softmax' }],
  ] as const)('differs with %s', async (_title, card) => {
    expect(await versionOf(writeTinyModel({ card }))).not.toBe(await versionOf(writeTinyModel()));
  });

  it('differs with another model.json', async () => {
    const directory = writeTinyModel();
    const path = join(directory, 'model.json');
    const before = await versionOf(directory);

    writeFileSync(path, `${readFileSync(path, 'utf8')}\n`);

    expect(await versionOf(directory)).not.toBe(before);
  });

  it.each([
    ['name', { name: 'other' }],
    ['metrics', { metrics: { accuracy: 1 } }],
    ['trained', { trained: { by: 'me' } }],
  ])('does not depend on %s', async (_title, card) => {
    expect(await versionOf(writeTinyModel({ card }))).toBe(await versionOf(writeTinyModel()));
  });
});

describe('canonical JSON', () => {
  it('sorts keys at every depth and leaves lists as they are', () => {
    expect(canonicalJson({ b: [3, { d: 1, c: 2 }], a: undefined, A: 'x' })).toBe('{"A":"x","b":[3,{"c":2,"d":1}]}');
  });
});

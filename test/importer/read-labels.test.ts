import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { checkLabelCount, readLabels } from '../../importer/read-labels.ts';

const folder = mkdtempSync(join(tmpdir(), 'labels-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

describe('labels', () => {
  it.each([
    ['lines', 'labels.txt', 'cat\r\ndog\n\n', ['cat', 'dog']],
    ['lines after a byte order mark', 'mark.txt', '\uFEFFcat\ndog', ['cat', 'dog']],
    ['a JSON list', 'list.json', '["cat", "dog"]', ['cat', 'dog']],
    ["Keras's class_indices", 'indices.json', '{"dog": 1, "cat": 0}', ['cat', 'dog']],
    ['a JSON table by number', 'numbers.json', '{"1": "dog", "0": "cat"}', ['cat', 'dog']],
  ])('are read from %s', (_what, name, text, labels) => {
    expect(readLabels(write(name, text))).toEqual(labels);
  });

  it.each(['utf-16le', 'utf-16be'] as const)('are read from text in %s, as Windows writes it', (encoding) => {
    const bytes = Buffer.from('\uFEFFcat\r\nköter\r\n', 'utf16le');
    const path = join(folder, 'wide.txt');
    writeFileSync(path, encoding === 'utf-16le' ? bytes : bytes.swap16());
    expect(readLabels(path)).toEqual(['cat', 'köter']);
  });

  it('are refused in an encoding that nothing tells', () => {
    const path = join(folder, 'latin.txt');
    writeFileSync(path, Buffer.from('cat\nköter\n', 'latin1'));
    expect(() => readLabels(path)).toThrow(/not text in UTF-8/);
  });

  it('are the class folders of a training folder, in the order of Python', () => {
    for (const name of ['t-shirt', 'Zebra', 'dress', '.cache'])
      mkdirSync(join(folder, 'train', name), { recursive: true });
    writeFileSync(join(folder, 'train', 'notes.txt'), '');
    expect(readLabels(join(folder, 'train'))).toEqual(['Zebra', 'dress', 't-shirt']);
  });

  it.each([
    ['a single label', 'one.txt', 'cat', /fewer than two/],
    ['a label twice', 'twice.txt', 'cat\ndog\ncat', /names "cat" twice/],
    ['JSON that is damaged', 'damaged.json', '["cat",', /not JSON/],
    ['JSON of something else', 'other.json', '{"cat": "meow", "dog": 1}', /neither a list/],
    ['numbers with a gap', 'gap.json', '{"cat": 0, "dog": 2}', /not 0, 1, 2/],
  ])('are refused when there is %s', (_what, name, text, message) => {
    expect(() => readLabels(write(name, text))).toThrow(message);
  });

  it('must be one for each output, and two for a single one', () => {
    expect(() => checkLabelCount(['a', 'b', 'c'], 3)).not.toThrow();
    expect(() => checkLabelCount(['a', 'b'], 1)).not.toThrow();
    expect(() => checkLabelCount(['a', 'b'], 3)).toThrow(/2 labels, but the model has 3 outputs/);
    expect(() => checkLabelCount(['a', 'b', 'c'], 1)).toThrow(/1 output, which stands for two/);
  });
});

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { fitLabels } from '../../../importer/labels/fit-labels.ts';
import { readLabels } from '../../../importer/labels/read-labels.ts';

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
    ['JSON by another name', 'list.txt', '["cat", "dog"]', ['cat', 'dog']],
    ["Teachable Machine's labels.txt", 'tm.txt', '0 Flask\n1 Paper cup\n', ['Flask', 'Paper cup']],
    [
      "Teachable Machine's metadata.json",
      'metadata.json',
      '{"tfjsVersion": "1.7", "labels": ["cat", "dog"], "imageSize": 224}',
      ['cat', 'dog'],
    ],
    ['CSV with an index', 'index.csv', '0,cat\n1,"dog, or hound"\n', ['cat', 'dog, or hound']],
    ['CSV with a heading, in another order', 'heading.csv', 'index,label\n1,dog\n0,cat\n', ['cat', 'dog']],
    ['CSV with the index last, from 1', 'last.csv', 'cat,1\ndog,2\n', ['cat', 'dog']],
    ['lines that begin with other numbers', 'fruit.txt', '3 apples\n7 pears\n', ['3 apples', '7 pears']],
    ['digits', 'digits.txt', '0\n1\n2\n', ['0', '1', '2']],
    [
      'a Python dictionary',
      'python.txt',
      "{0: 'tench, Tinca tinca',\n 1: \"cat's eye\"}",
      ['tench, Tinca tinca', "cat's eye"],
    ],
    ['a table in a model configuration', 'config.json', '{"id2label": {"0": "cat", "1": "dog"}}', ['cat', 'dog']],
    ['objects with names', 'objects.json', '[{"name": "cat"}, {"name": "dog"}]', ['cat', 'dog']],
    ["WordNet's numbers and names", 'synset.txt', 'n01440764 tench\nn01443537 goldfish\n', ['tench', 'goldfish']],
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
    ['JSON that is damaged', 'damaged.json', '["cat",', /not JSON/],
    ['JSON of something else', 'other.json', '{"cat": "meow", "dog": 1}', /neither a list/],
    ['numbers with a gap', 'gap.json', '{"cat": 0, "dog": 2}', /not 0, 1, 2/],
  ])('are refused when there is %s', (_what, name, text, message) => {
    expect(() => readLabels(write(name, text))).toThrow(message);
  });

  it.each([
    ['by their place', 'cranes.txt', 'crane\ncat\ncrane\ncrane', ['crane', 'cat', 'crane (2)', 'crane (3)']],
    [
      "by WordNet's numbers",
      'class_index.json',
      '{"0": ["n02012849", "crane"], "1": ["n03126707", "crane"]}',
      ['crane (n02012849)', 'crane (n03126707)'],
    ],
    ['also from a label that looks so already', 'odd.txt', 'a\na (2)\na', ['a', 'a (2)', 'a (2, output 2)']],
  ])('that come twice are told apart %s', (_how, name, text, labels) => {
    expect(readLabels(write(name, text))).toEqual(labels);
  });

  it('leave out a background that the model has no output for', () => {
    expect(fitLabels(['background', 'cat', 'dog'], 2)).toEqual(['cat', 'dog']);
    expect(fitLabels(['background', 'cat', 'dog'], 3)).toEqual(['background', 'cat', 'dog']);
  });

  it('must be one for each output, and two for a single one', () => {
    expect(() => fitLabels(['a', 'b', 'c'], 3)).not.toThrow();
    expect(() => fitLabels(['a', 'b'], 1)).not.toThrow();
    expect(() => fitLabels(['a', 'b'], 3)).toThrow(/2 labels, but the model has 3 outputs/);
    expect(() => fitLabels(['a', 'b', 'c'], 1)).toThrow(/1 output, which stands for two/);
  });
});

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allowedDifferences } from '../../bench/import/compare-scores.ts';
import type { OnnxResult } from '../../bench/import/onnx/measure-onnx.ts';
import { findPython } from './find-tools.ts';

const python = findPython();
const file = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const installAndBuildInMilliseconds = 600_000;
const measureInMilliseconds = 60_000;

/** A model that answers almost the same for all labels agrees with anything. */
const smallestRange = 1e-3;

const card = {
  input: { width: 32, height: 32, channels: 'rgb', resize: 'nearest', fit: 'stretch', scale: 1 / 127.5, offset: -1 },
};

/** What lies beside mine.py, and is imported by it. */
const squares = `
import numpy as np

def square(photo, side=32):
    rows, columns = (np.arange(side) * size // side for size in photo.shape[:2])
    return photo[rows][:, columns] / 127.5 - 1
`;

const mine = `
from squares import square

class Tensor:
    def __init__(self, values):
        self.values = values
    def detach(self):
        return self
    cpu = float = detach
    def numpy(self):
        return self.values
    def __array__(self):
        raise RuntimeError("a tensor that requires its gradient is no array")

def last(photo):
    return square(photo)
def first(photo):
    return square(photo).transpose(2, 0, 1)
def last_in_batch(photo):
    return last(photo)[None]
def first_in_batch(photo):
    return first(photo)[None]
def tensor(photo):
    return Tensor(first(photo))
def small(photo):
    return square(photo, 16)
def words(photo):
    return {"pixel_values": first(photo)}
`;

describe.skipIf(python === undefined)('models that onnx has just written', () => {
  const folder = mkdtempSync(join(tmpdir(), 'import-onnx-'));
  const onnx = join(folder, 'venv', 'bin', 'python');

  beforeAll(() => {
    execFileSync(python ?? '', ['-m', 'venv', join(folder, 'venv')]);
    execFileSync(onnx, ['-m', 'pip', 'install', '--quiet', '--requirement', file('import-onnx.requirements.txt')]);
    execFileSync(onnx, [file('../../bench/import/onnx/build_small_models.py'), folder]);
  }, installAndBuildInMilliseconds);
  afterAll(() => rmSync(folder, { recursive: true }));

  function measure(name: string): OnnxResult {
    const words = [file('../../bench/import/onnx/measure-onnx.ts'), join(folder, name)];
    return JSON.parse(execFileSync(process.execPath, words, { encoding: 'utf8' }));
  }

  it.each([
    ['a convolution with its normalisation', 'batch-norm'],
    ['convolutions in groups whose channels are shuffled', 'shuffled-groups'],
    ['a normalisation of channels', 'layer-norm'],
    ['squeeze and excitation', 'squeeze-and-excitation'],
    ['maps that are resized', 'resize'],
    ['pairs of QuantizeLinear and DequantizeLinear', 'quantised-pairs'],
    ['QLinearConv', 'quantised-operators'],
    ['one sigmoid, its weights in a file beside it', 'one-sigmoid'],
  ])(
    'answers as onnxruntime does: %s',
    (_what, name) => {
      const result = measure(name);

      if (!result.imported) throw new Error(result.reason);
      expect(result.smallestRange).toBeGreaterThan(smallestRange);
      expect(result.difference.float32).toBeLessThanOrEqual(allowedDifferences.float32);
      expect(result.difference.stored).toBeLessThanOrEqual(allowedDifferences.float16);
      expect(result.sameFirstLabels).toBe(result.photos);
    },
    measureInMilliseconds,
  );

  describe("reference.py's --preprocess", () => {
    const cardFile = join(folder, 'card.json');

    beforeAll(() => {
      writeFileSync(cardFile, JSON.stringify(card));
      writeFileSync(join(folder, 'squares.py'), squares);
      writeFileSync(join(folder, 'mine.py'), mine);
      writeFileSync(join(folder, 'asks.py'), 'import absent\n');
      writeFileSync(join(folder, 'asks-squares.py'), 'from squares import circle\n');
    });

    function record(preprocessing: string) {
      const [model, parity] = [join(folder, 'batch-norm', 'model.onnx'), join(folder, 'parity.json')];
      rmSync(parity, { force: true });
      const own = ['--preprocess', join(folder, preprocessing), '--out', parity];
      const words = [file('../../importer/reference.py'), model, '--card', cardFile, ...own];
      const { status, stderr } = spawnSync(onnx, ['-W', 'error', ...words], { encoding: 'utf8' });
      return { status, stderr, photos: () => JSON.parse(readFileSync(parity, 'utf8')).photos };
    }

    it.each([
      'first',
      'last_in_batch',
      'first_in_batch',
      'tensor',
    ])('takes what lies in another order as it takes channels last: %s', (name) => {
      const expected = record('mine.py:last');
      const turned = record(`mine.py:${name}`);

      expect([expected.status, turned.status], expected.stderr + turned.stderr).toEqual([0, 0]);
      expect(turned.photos()).toEqual(expected.photos());
    });

    it.each([
      ['a file that is not there', 'absent.py:prepare', /absent\.py is not a file/],
      ['no name of a function', 'mine.py', /mine\.py is not FILE\.py:FUNCTION/],
      ['a function that is not there', 'mine.py:prepare', /mine\.py has no function prepare\./],
      ['an import of nothing', 'asks.py:prepare', /No module named 'absent', says .* Run this in the environment/],
      [
        'an import of a name that is not there',
        'asks-squares.py:prepare',
        /cannot import name 'circle' from 'squares'/,
      ],
      [
        'another size',
        'mine.py:small',
        /an array of \(16, 16, 3\); the card's photo is \(32, 32, 3\), or \(3, 32, 32\)\./,
      ],
      ['no numbers', 'mine.py:words', /returns a dict, not an array of numbers/],
    ])('says in one sentence what is wrong: %s', (_what, preprocessing, sentence) => {
      const { status, stderr } = record(preprocessing);

      expect(status).toBe(1);
      expect(stderr).toMatch(sentence);
      expect(stderr).not.toContain('Traceback');
    });
  });
});

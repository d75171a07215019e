import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
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
});

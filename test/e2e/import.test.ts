import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allowedDifferences } from '../../bench/import/compare-scores.ts';
import type { MeasuredImport } from '../../bench/import/measure-import.ts';
import { assets } from '../../function/bundling/assets.ts';
import { parseCard } from '../../model/card/parse-card.ts';
import { runCli } from '../cli/run-cli.ts';
import { findPython } from './find-tools.ts';

const python = findPython();
const file = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const installAndBuildInMilliseconds = 900_000;
const restoreInMilliseconds = 180_000;

// Inverted residuals; hard swish and squeeze-and-excite; swish and a normalisation of its own.
const families = ['MobileNetV2', 'MobileNetV3Small', 'EfficientNetB0'];
const formats = ['keras', 'h5', 'tflite'];
const quantisedFamily = 'MobileNetV2';

describe.skipIf(python === undefined)('models that Keras and TensorFlow have just written', () => {
  const folder = mkdtempSync(join(tmpdir(), 'import-'));
  const keras = join(folder, 'venv', 'bin', 'python');
  const runProgram = (path: string, ...words: string[]) =>
    execFileSync(keras, [file(path), ...words], { stdio: ['ignore', 'pipe', 'pipe'] });

  beforeAll(() => {
    execFileSync(python ?? '', ['-m', 'venv', join(folder, 'venv')]);
    execFileSync(keras, ['-m', 'pip', 'install', '--quiet', '--requirement', file('import.requirements.txt')]);
    runProgram('../../bench/import/build_family.py', folder, ...families, '--formats', formats.join(','));
    runProgram('../../bench/import/quantise_families.py', join(folder, 'quantised'), quantisedFamily);
  }, installAndBuildInMilliseconds);
  afterAll(() => rmSync(folder, { recursive: true }));

  function measure(family: string, model: string, answers: string): MeasuredImport {
    const files = [model, 'input.bin', answers].map((name) => join(folder, family, name));
    return JSON.parse(
      execFileSync(process.execPath, [file('../../bench/import/measure-import.ts'), ...files], { encoding: 'utf8' }),
    );
  }

  it.each(
    families.flatMap((family) => formats.map((format) => [family, format] as const)),
  )('%s as .%s answers as Keras does', (family, format) =>
    expectAllowed(measure(family, `model.${format}`, 'output.bin')));

  it.each([
    'float16',
    'dynamic',
    'integer',
  ])(`${quantisedFamily} as .tflite of %s weights answers as the same graph in real numbers`, (kind) =>
    expectAllowed(measure(join('quantised', quantisedFamily), `${kind}.tflite`, `${kind}.dequantised.bin`)));

  it(
    'the shipped model, rebuilt for Keras, is imported again to the same bytes',
    async () => {
      const [restored, out] = [join(folder, 'clothing.keras'), join(folder, 'clothing')];
      runProgram('../../training/restore_keras.py', assets.modelDirectory, '--out', restored);
      const { labels, input, version } = parseCard(readFileSync(join(assets.modelDirectory, 'card.json'), 'utf8'));
      const labelsFile = join(folder, 'labels.json');
      writeFileSync(labelsFile, JSON.stringify(labels));
      const way = [`--scale=${input.scale}`, `--offset=${input.offset}`, '--resize', input.resize, '--fit', input.fit];
      const parity = ['--parity', join(assets.modelDirectory, 'parity.json')];

      const { code, errors } = await runCli([
        'import',
        restored,
        '--labels',
        labelsFile,
        '--out',
        out,
        ...way,
        ...parity,
      ]);

      expect(code, errors).toBe(0);
      expect(parseCard(readFileSync(join(out, 'card.json'), 'utf8')).version).toBe(version);
    },
    restoreInMilliseconds,
  );
});

function expectAllowed(result: MeasuredImport): void {
  if (!result.imported) throw new Error(result.reason);
  expect(result.difference.float32).toBeLessThanOrEqual(allowedDifferences.float32);
  expect(result.difference.float16).toBeLessThanOrEqual(allowedDifferences.float16);
  expect(result.sameFirstLabel).toBe(true);
}

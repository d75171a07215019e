import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { isWithinAllowed } from './import/compare-scores.ts';
import { drawMarkdown } from './import/draw-markdown.ts';
import type { MeasuredImport } from './import/measure-import.ts';

/*
 * Every family of keras.applications through the importer: `node bench/import-families.ts --python PYTHON`, where PYTHON
 * has keras and tensorflow. Prints a table and writes it to bench/results/import-families.md; ends with 1 where a row is
 * not what it should be.
 */

interface Row {
  readonly family: string;
  readonly format: string;
  readonly result: MeasuredImport;
}

const run = promisify(execFile);
const script = join(import.meta.dirname, 'import', 'build_family.py');
const worker = join(import.meta.dirname, 'import', 'measure-import.ts');
const largestOutputInBytes = 64 * 1024 * 1024;

const { values: options } = parseArgs({
  options: {
    python: { type: 'string', default: 'python3' },
    families: { type: 'string' },
    formats: { type: 'string', default: 'keras,h5,tflite' },
    out: { type: 'string', default: join(import.meta.dirname, 'results', 'import-families.md') },
  },
});

const formats = options.formats.split(',');
const families = options.families?.split(',') ?? (await python()).trim().split('\n');
const rows: Row[] = [];
await mkdir(join(options.out, '..'), { recursive: true });
for (const family of families) {
  rows.push(...(await measureFamily(family)));
  // After each, so that a run that is broken off leaves what it found.
  await writeFile(options.out, `${drawTable(rows)}\n`);
}
process.stdout.write(`${drawTable(rows)}\n`);
const wrong = rows.filter(({ result }) => !isRight(result));
for (const { family, format } of wrong) process.stderr.write(`${family} .${format} is not within what is allowed\n`);
process.exitCode = wrong.length === 0 ? 0 : 1;

function isRight(result: MeasuredImport): boolean {
  return result.imported && result.sameFirstLabel && isWithinAllowed(result.difference);
}

async function measureFamily(family: string): Promise<Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'import-families-'));
  try {
    await python(folder, family, '--formats', formats.join(','));
    const measured: Row[] = [];
    for (const format of formats) {
      const files = [`model.${format}`, 'input.bin', 'output.bin'].map((name) => join(folder, family, name));
      const { stdout } = await run(process.execPath, [worker, ...files], { maxBuffer: largestOutputInBytes });
      measured.push({ family, format, result: JSON.parse(stdout) as MeasuredImport });
      process.stderr.write(`${family} .${format} done\n`);
    }
    return measured;
  } catch (error) {
    const reason = `the run failed: ${(error as Error).message.split('\n')[0]}`;
    return [{ family, format: formats.join(', .'), result: { imported: false, reason } }];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function python(...parameters: string[]): Promise<string> {
  const { stdout } = await run(options.python, [script, ...parameters], { maxBuffer: largestOutputInBytes });
  return stdout;
}

function drawTable(measured: readonly Row[]): string {
  const head = [
    'model',
    'file',
    'difference, float32',
    'difference, float16',
    'first label',
    'import (CPU s)',
    'weights (MB)',
    'warm (CPU ms)',
    'peak (MB)',
  ];
  const lines = measured.map(({ family, format, result }) => {
    if (!result.imported) return [family, `.${format}`, `not imported: ${result.reason}`, '', '', '', '', '', ''];
    return [
      family,
      `.${format}`,
      result.difference.float32.toExponential(1),
      result.difference.float16.toExponential(1),
      result.sameFirstLabel ? 'same' : 'DIFFERENT',
      result.importInSeconds.toFixed(1),
      result.float16InMegabytes.toFixed(1),
      result.warmInMilliseconds.toFixed(0),
      result.peakInMegabytes.toFixed(0),
    ];
  });
  return drawMarkdown(head, lines);
}

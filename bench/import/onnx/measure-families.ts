import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { drawMarkdown } from '../draw-markdown.ts';
import type { OnnxResult } from './measure-onnx.ts';

/*
 * The models that build_torch_family.py made, through the importer and beside onnxruntime, one after the other:
 *   node bench/import/onnx/measure-families.ts MODELS --python PYTHON [--families mobilenet_v2,resnet18] [--exporters script]
 * PYTHON has onnxruntime; onnxruntime-web is installed by "npm ci" in bench/. Writes what it found to
 * bench/results/import-onnx.json, beside what lies there of other models, and all of it as the table of import-onnx.md.
 */

interface Row {
  readonly model: string;
  readonly exporter: string;
  /** Of earlier runs perhaps without what is measured now. */
  readonly result: OnnxResult;
  /** Milliseconds of the processor a photo; undefined where it does not run the file. */
  readonly onnxruntime?: number | undefined;
  readonly onnxruntimeWeb?: number | undefined;
}

const run = promisify(execFile);
const here = import.meta.dirname;
const results = join(here, '..', '..', 'results');
const jsonFile = join(results, 'import-onnx.json');
const tableFile = join(results, 'import-onnx.md');
const tableMark = '<!-- families -->';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    python: { type: 'string', default: 'python3' },
    families: { type: 'string' },
    exporters: { type: 'string', default: 'dynamo,script' },
  },
});
const [models] = positionals;
if (models === undefined) throw new TypeError('Usage: measure-families.ts MODELS [--python PYTHON] [--families A,B]');

const families = options.families?.split(',') ?? readdirSync(models).sort();
for (const family of families) {
  for (const exporter of options.exporters.split(',')) {
    const folder = join(models, family, exporter);
    if (!existsSync(join(folder, 'about.json'))) continue;
    const row = await measure(family, exporter, folder);
    // After each, so that the next run goes on where one was broken off.
    const rows = [...readRows().filter((other) => nameOf(other) !== nameOf(row)), row].toSorted(byName);
    await writeFile(jsonFile, `${JSON.stringify(rows, null, 2)}\n`);
    process.stderr.write(`${nameOf(row)} done\n`);
  }
}

await writeTable(readRows());

async function measure(family: string, exporter: string, folder: string): Promise<Row> {
  const { stdout } = await run(process.execPath, [join(here, 'measure-onnx.ts'), folder]);
  const result: OnnxResult = JSON.parse(stdout);
  const [onnxruntime, onnxruntimeWeb] = [
    await timeBy(options.python, join(here, 'time_onnxruntime.py'), folder),
    await timeBy(process.execPath, join(here, 'time-onnxruntime-web.ts'), folder),
  ];
  return { model: family.replace(/^timm_/, 'timm '), exporter, result, onnxruntime, onnxruntimeWeb };
}

async function timeBy(program: string, script: string, folder: string): Promise<number | undefined> {
  try {
    return Number((await run(program, [script, folder])).stdout);
  } catch (error) {
    process.stderr.write(`${script}: ${(error as Error).message.slice(0, 200).replaceAll('\n', ' ')}\n`);
    return undefined;
  }
}

function readRows(): readonly Row[] {
  return existsSync(jsonFile) ? JSON.parse(readFileSync(jsonFile, 'utf8')) : [];
}

function nameOf({ model, exporter }: Row): string {
  return `${model} ${exporter}`;
}

function byName(a: Row, b: Row): number {
  const [first, second] = [a, b].map((row) => `${row.model.startsWith('timm ') ? 1 : 0}${nameOf(row)}`);
  return (first as string) < (second as string) ? -1 : 1;
}

async function writeTable(rows: readonly Row[]): Promise<void> {
  const text = await readFile(tableFile, 'utf8');
  const [before] = text.split(tableMark);
  await writeFile(tableFile, `${before}${tableMark}\n\n${drawTable(rows)}\n`);
}

function drawTable(rows: readonly Row[]): string {
  const heads = [
    'model',
    'exporter',
    'import (s)',
    'weights (MB)',
    'kernels kept in float32',
    'difference, float32',
    'difference, as stored',
    'from double precision, float32 / onnxruntime',
    'first label',
    'runs on',
    'plan (ms)',
    'TensorFlow.js (ms)',
    'onnxruntime (ms)',
    'onnxruntime-web (ms)',
  ];
  const lines = rows.map(({ model, exporter, result, onnxruntime, onnxruntimeWeb }) => {
    if (!result.imported) return [model, exporter, `refused: ${result.reason}`, ...Array<string>(11).fill('')];
    const { keptSingle, difference, fromExact } = result;
    return [
      model,
      exporter,
      result.importInSeconds.toFixed(1),
      short(result.weightsInMegabytes),
      keptSingle === undefined ? '' : `${keptSingle.number} of ${keptSingle.of}`,
      difference.float32.toExponential(1),
      difference.stored?.toExponential(1) ?? '',
      fromExact === undefined ? '' : `${fromExact.own.toExponential(1)} / ${fromExact.onnxruntime.toExponential(1)}`,
      `${result.sameFirstLabels} of ${result.photos}`,
      result.isPlanned ? 'plan' : 'TensorFlow.js',
      short(result.planInMilliseconds),
      short(result.tensorflowInMilliseconds),
      short(onnxruntime),
      short(onnxruntimeWeb),
    ];
  });
  return drawMarkdown(heads, lines);
}

function short(value: number | undefined): string {
  return value === undefined ? '' : value.toFixed(value < 10 ? 1 : 0);
}

import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { isWithinAllowed } from './import/compare-scores.ts';
import { drawMarkdown } from './import/draw-markdown.ts';
import type { MeasuredImport } from './import/measure-import.ts';
import { measureClothing } from './import/quantised-clothing.ts';

/*
 * Quantised .tflite files through the importer: `node bench/import-quantised.ts --python PYTHON --photos FOLDER`, where
 * PYTHON has keras, tensorflow, ai-edge-litert, pillow and tqdm, and FOLDER (which may be left out) has train/ and
 * validation/ with photos of clothes. Writes bench/results/import-quantised.md; ends with 1 where a figure is not what it
 * should be.
 */

const run = promisify(execFile);
const maxBuffer = 64 * 1024 * 1024;
const kinds = ['float16', 'dynamic', 'integer'];
const script = join(import.meta.dirname, 'import', 'quantise_families.py');
const worker = join(import.meta.dirname, 'import', 'measure-import.ts');

const { values: options } = parseArgs({
  options: {
    python: { type: 'string', default: 'python3' },
    families: { type: 'string', default: 'MobileNetV2,MobileNetV3Small,EfficientNetB0,ResNet50V2' },
    photos: { type: 'string' },
    out: { type: 'string', default: join(import.meta.dirname, 'results', 'import-quantised.md') },
  },
});

const folder = await mkdtemp(join(tmpdir(), 'import-quantised-'));
const faults: string[] = [];
const rows: string[][] = [];
try {
  for (const family of options.families.split(',').filter((name) => name !== '')) {
    await run(options.python, [script, folder, family], { maxBuffer });
    for (const kind of kinds) rows.push(await measure(family, kind));
    process.stderr.write(`${family} done\n`);
  }
  const head = ['model', '.tflite', 'from the dequantised graph', 'the same, float16', 'from LiteRT', 'first label'];
  const parts = rows.length === 0 ? [] : [drawMarkdown(head, rows)];
  if (options.photos !== undefined) {
    const clothing = await measureClothing(options.python, options.photos, folder);
    faults.push(...clothing.faults);
    parts.push(clothing.markdown);
  }
  await writeFile(options.out, `${parts.join('\n\n')}\n`);
  process.stdout.write(`${parts.join('\n\n')}\n`);
} finally {
  await rm(folder, { recursive: true, force: true });
}
for (const fault of faults) process.stderr.write(`${fault}\n`);
process.exitCode = faults.length === 0 ? 0 : 1;

async function measure(family: string, kind: string): Promise<string[]> {
  const inFolder = (name: string) => join(folder, family, name);
  const compareWith = async (answers: string) => {
    const files = [`${kind}.tflite`, 'input.bin', `${kind}.${answers}.bin`].map(inFolder);
    const { stdout } = await run(process.execPath, [worker, ...files], { maxBuffer });
    return JSON.parse(stdout) as MeasuredImport;
  };
  const exact = await compareWith('dequantised');
  const theirs = await compareWith('litert');
  if (!exact.imported || !theirs.imported) {
    const reason = exact.imported ? '' : exact.reason;
    faults.push(`${family}, ${kind}: not imported: ${reason}`);
    return [family, kind, `not imported: ${reason}`, '', '', ''];
  }
  const { float32, float16 } = exact.difference;
  if (!exact.sameFirstLabel || !isWithinAllowed(exact.difference)) {
    faults.push(`${family}, ${kind}: not within what is allowed`);
  }
  const shares = [float32, float16, theirs.difference.float32].map((share) => share.toExponential(1));
  return [family, kind, ...shares, exact.sameFirstLabel ? 'same' : 'DIFFERENT'];
}

import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { drawMarkdown } from './import/draw-markdown.ts';
import {
  type Answers,
  compareLabels,
  describeOutcomes,
  judgeRefusal,
  type PreprocessedOutcome,
} from './import/preprocessed-outcome.ts';

/*
 * Every family of keras.applications, its pixels scaled inside the model or outside it, imported by the command line with no
 * option: `node bench/import-preprocessing.ts --python PYTHON`, where PYTHON has keras, tensorflow and pillow. Each must name
 * photos as Keras does, or ask. Writes a row for each family to bench/results/import-preprocessing.md, leaving the rows of
 * families that it was not asked for; ends with 1 where an import is neither right nor a question. With --built FOLDER the
 * models are those that build_preprocessed.py wrote there before.
 */

const run = promisify(execFile);
const maxBuffer = 64 * 1024 * 1024;
const script = join(import.meta.dirname, 'import', 'build_preprocessed.py');
const program = join(import.meta.dirname, '..', 'cli', 'main.ts');
const labels = ['alder', 'birch', 'cedar', 'dogwood', 'elm'];

/** What each file of build_preprocessed.py is, in the order of columns. */
const columns: readonly (readonly [way: string, title: string])[] = [
  ['inside', 'preprocess_input inside'],
  ['inside-in-one', 'the same, in one piece'],
  ['resized-inside', 'Resizing before it'],
  ['outside', 'preprocess_input outside'],
  ['255-inside', '1/255 inside'],
  ['255-outside', '1/255 outside'],
  ['bare-inside', 'include_preprocessing=False, scaled inside'],
  ['bare-outside', 'include_preprocessing=False, scaled outside'],
  ['imagenet-inside', 'as its published weights scale'],
];

const { values: options } = parseArgs({
  options: {
    python: { type: 'string', default: 'python3' },
    families: { type: 'string' },
    formats: { type: 'string', default: 'keras,tflite' },
    built: { type: 'string' },
    out: { type: 'string', default: join(import.meta.dirname, 'results', 'import-preprocessing.md') },
  },
});
const formats = options.formats.split(',');
const rows = readRows();
const wrong: string[] = [];
for (const family of options.families?.split(',') ?? (await python()).trim().split('\n')) {
  rows.set(family, await measureFamily(family));
  const head = ['family', ...columns.map(([, title]) => title), 'right under another scale'];
  await writeFile(options.out, `${drawMarkdown(head, [...rows.values()])}\n`);
  process.stderr.write(`${family} done\n`);
}
for (const line of wrong) process.stderr.write(`${line}\n`);
process.exitCode = wrong.length === 0 ? 0 : 1;

async function measureFamily(family: string): Promise<string[]> {
  const folder = options.built ?? (await mkdtemp(join(tmpdir(), 'import-preprocessing-')));
  try {
    if (options.built === undefined) await python(folder, family, '--formats', formats.join(','));
    const within = (name: string) => join(folder, family, name);
    const answers = JSON.parse(readFileSync(within('answers.json'), 'utf8')) as Record<string, Answers>;
    const photos = readdirSync(within('.'))
      .filter((name) => name.endsWith('.png'))
      .toSorted()
      .map(within);
    await writeFile(within('labels.txt'), labels.join('\n'));
    const cells: string[] = [];
    for (const [way] of columns) {
      const expected = answers[way];
      const outcomes: Record<string, PreprocessedOutcome> = {};
      for (const format of formats) {
        if (expected === undefined || !existsSync(within(`${way}.${format}`))) continue;
        const outcome = await measure(within(`${way}.${format}`), within('labels.txt'), photos, expected);
        outcomes[format] = outcome;
        if (outcome.kind === 'wrong') wrong.push(`${family}, ${way}.${format}: ${outcome.reason}`);
      }
      cells.push(describeOutcomes(outcomes));
    }
    const shares = Object.values(answers).flatMap(({ otherScales }) => otherScales);
    const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
    return [family, ...cells, `${(mean * 100).toFixed(0)} %`];
  } finally {
    if (options.built === undefined) await rm(folder, { recursive: true, force: true });
  }
}

async function measure(
  file: string,
  labelsFile: string,
  photos: readonly string[],
  answers: Answers,
): Promise<PreprocessedOutcome> {
  const out = `${file}.imported`;
  const imported = await lambdaLens('import', file, '--labels', labelsFile, '--out', out);
  if (imported.exitCode !== 0) return judgeRefusal(imported.exitCode, imported.words);
  const { stdout } = await lambdaLens('classify', '--model', out, '--json', '--workers', '1', ...photos);
  rmSync(out, { recursive: true });
  const found = stdout
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { label: string }).label);
  return compareLabels(found, labels, answers);
}

async function lambdaLens(...words: string[]) {
  try {
    const { stdout } = await run(process.execPath, [program, ...words], { maxBuffer });
    return { exitCode: 0, stdout, words: stdout };
  } catch (error) {
    const { code, stdout, stderr } = error as { code?: number; stdout: string; stderr: string };
    if (typeof code !== 'number') throw error;
    return { exitCode: code, stdout, words: stderr };
  }
}

async function python(...parameters: string[]): Promise<string> {
  return (await run(options.python, [script, ...parameters], { maxBuffer })).stdout;
}

/** The rows of an earlier run, by family. */
function readRows(): Map<string, string[]> {
  if (!existsSync(options.out)) return new Map();
  const [, , ...lines] = readFileSync(options.out, 'utf8').trim().split('\n');
  return new Map(
    lines.map((line) => {
      const cells = line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim());
      return [cells[0] as string, cells];
    }),
  );
}

import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { randomSource } from '../model/calibration/random-source.ts';
import { chooseLines } from './mutants/choose-lines.ts';
import { describeMutants, type MutationReport } from './mutants/describe-mutants.ts';

const projectDirectory = join(import.meta.dirname, '..');
const stryker = join(import.meta.dirname, 'mutants');

const { values, positionals: files } = parseArgs({
  allowPositionals: true,
  options: {
    lines: { type: 'string' },
    seed: { type: 'string', default: '1' },
    concurrency: { type: 'string', default: '1' },
    help: { type: 'boolean' },
  },
});

if (values.help || files.length === 0) {
  console.log(`Changes the files one token at a time and says which changes no related test notices.

  npm run trial:mutants -- model/plan/padding.ts function/http/cors.ts
  npm run trial:mutants -- --lines 4 --seed 7 FILES     four random lines of each file alone

Tests see a change in their own process only: what they start as another process runs unchanged.`);
  process.exit(files.length === 0 && !values.help ? 2 : 0);
}

// By npm's own lockfile in that folder, which npm ci of the project leaves alone.
if (!existsSync(join(stryker, 'node_modules'))) run('npm', ['ci', '--ignore-scripts', '--prefix', stryker]);

const random = randomSource(Number(values.seed));
const mutate = files.flatMap((file) => {
  if (values.lines === undefined) return [file];
  const lines = chooseLines(readFileSync(join(projectDirectory, file), 'utf8'), Number(values.lines), random);
  return lines.map((line) => `${file}:${line}-${line}`);
});

const folder = mkdtempSync(join(tmpdir(), 'lambda-lens-mutants-'));
try {
  const report = join(folder, 'report.json');
  const configuration = join(folder, 'stryker.json');
  writeFileSync(
    configuration,
    JSON.stringify({
      mutate,
      testRunner: 'vitest',
      plugins: [join(stryker, 'node_modules/@stryker-mutator/vitest-runner/dist/src/index.js')],
      vitest: { configFile: 'vitest.config.ts', related: true },
      coverageAnalysis: 'perTest',
      concurrency: Number(values.concurrency),
      // Texts for people are not what tests are to hold word by word.
      mutator: { excludedMutations: ['StringLiteral'] },
      ignorePatterns: ['/dist*', '/coverage', '/bench/results', '/docs'],
      tempDirName: join(folder, 'sandbox'),
      reporters: ['json', 'progress-append-only'],
      jsonReporter: { fileName: report },
      disableTypeChecks: true,
      timeoutMS: 60_000,
    }),
  );
  run('npx', ['node', join(stryker, 'node_modules/@stryker-mutator/core/bin/stryker.js'), 'run', configuration]);
  console.log(describeMutants(JSON.parse(readFileSync(report, 'utf8')) as MutationReport));
} finally {
  rmSync(folder, { recursive: true });
}

function run(command: string, words: readonly string[]): void {
  const { status } = spawnSync(command, words, { cwd: projectDirectory, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

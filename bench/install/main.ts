// What `npm ci` costs: `npx node bench/install/main.ts` runs it in two checkouts of the last commit, first with nothing in npm's
// cache and then from the cache, and writes bench/results/install.json.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Install } from './install.ts';
import { weighDirectory } from './weigh-directory.ts';

const projectDirectory = join(import.meta.dirname, '..', '..');
const scratch = mkdtempSync(join(tmpdir(), 'lambda-lens-install-'));

try {
  const secondsWithoutCache = install('first');
  const secondsFromCache = install('second');
  const result: Install = {
    date: new Date().toISOString().slice(0, 10),
    processors: cpus().length,
    loadAverage: Math.round(loadavg()[0] ?? 0),
    megabytes: Math.round(weighDirectory(join(scratch, 'second', 'node_modules')) / 2 ** 20),
    secondsWithoutCache,
    secondsFromCache,
  };
  writeFileSync(join(import.meta.dirname, '../results/install.json'), `${JSON.stringify(result, undefined, 2)}\n`);
  console.log(result);
} finally {
  rmSync(scratch, { recursive: true });
}

/** @returns how long it took, in seconds */
function install(name: string): number {
  const directory = join(scratch, name);
  mkdirSync(directory);
  const archive = execFileSync('git', ['archive', 'HEAD'], { cwd: projectDirectory, maxBuffer: 1e9 });
  execFileSync('tar', ['-x', '-C', directory], { input: archive });
  const begun = performance.now();
  const words = ['ci', '--no-audit', '--no-fund', '--cache', join(scratch, 'cache')];
  const { status } = spawnSync('npm', words, { cwd: directory, stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) throw new Error('npm ci failed: see above.');
  return Math.round((performance.now() - begun) / 1000);
}

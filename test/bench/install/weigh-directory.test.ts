import { linkSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { Install } from '../../../bench/install/install.ts';
import { weighDirectory } from '../../../bench/install/weigh-directory.ts';
import { mostInstalledInMegabytes } from '../../../facts/install-budget.ts';

function makeDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'weigh-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  mkdirSync(join(directory, 'inner'));
  return directory;
}

it('counts the files of all folders', () => {
  const directory = makeDirectory();
  const empty = weighDirectory(directory);

  writeFileSync(join(directory, 'inner', 'file'), new Uint8Array(1_000_000).fill(1));

  const added = weighDirectory(directory) - empty;
  expect(added).toBe(statSync(join(directory, 'inner', 'file')).blocks * 512);
});

it('counts a file with two names once, and nothing behind a link', () => {
  const directory = makeDirectory();
  writeFileSync(join(directory, 'file'), new Uint8Array(1_000_000).fill(1));
  const once = weighDirectory(directory);

  linkSync(join(directory, 'file'), join(directory, 'inner', 'same'));
  symlinkSync(directory, join(directory, 'inner', 'link'));

  expect(weighDirectory(directory) - once).toBeLessThan(10_000);
});

it('what npm ci was measured to put on the disk is within its bounds', () => {
  const { megabytes }: Install = JSON.parse(
    readFileSync(new URL('../../../bench/results/install.json', import.meta.url), 'utf8'),
  );

  expect(megabytes).toBeLessThanOrEqual(mostInstalledInMegabytes);
});

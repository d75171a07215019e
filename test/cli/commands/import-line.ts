import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterAll, afterEach, beforeEach, vi } from 'vitest';
import { registerCheck } from '../../../cli/commands/check.ts';
import { registerImport } from '../../../cli/commands/import.ts';

export const fixtures = join(import.meta.dirname, '../../fixtures/import');
export const folder = mkdtempSync(join(tmpdir(), 'import-command-'));
export const labels = join(folder, 'labels.txt');
writeFileSync(labels, 'hat\npants\nshirt\nshoes\n');
let output = '';

beforeEach(() => {
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    output += String(text);
    return true;
  });
});

afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What the command of this line prints. */
export async function lambdaLens(...line: string[]): Promise<string> {
  output = '';
  const program = new Command().exitOverride();
  registerImport(program);
  registerCheck(program);
  await program.parseAsync(line, { from: 'user' });
  return output;
}

export const units = (count: number, activation: string) => ({
  class_name: 'Dense',
  config: { name: 'scores', units: count, use_bias: false, activation },
});

export const importHead = (out: string, ...more: string[]) =>
  lambdaLens('import', join(fixtures, 'head.keras'), '--labels', labels, '--out', out, '--preprocess', 'tf', ...more);

export const importPixels = (name: string, names: readonly string[], ...more: string[]) => {
  const list = join(folder, `${name}.labels.txt`);
  writeFileSync(list, names.join('\n'));
  return lambdaLens('import', join(fixtures, 'pixels', name), '--labels', list, '--out', join(folder, name), ...more);
};

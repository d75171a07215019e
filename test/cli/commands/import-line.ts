import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { vi } from 'vitest';
import { registerCheck } from '../../../cli/commands/check.ts';
import { registerImport } from '../../../cli/commands/import.ts';

export const fixtures = join(import.meta.dirname, '../../fixtures/import');
export const folder = mkdtempSync(join(tmpdir(), 'import-command-'));
export const labels = join(folder, 'labels.txt');
writeFileSync(labels, 'hat\npants\nshirt\nshoes\n');

/** What the command of this line prints. */
export async function lambdaLens(...line: string[]): Promise<string> {
  const texts: string[] = [];
  const written = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    texts.push(String(text));
    return true;
  });
  try {
    const program = new Command().exitOverride();
    registerImport(program);
    registerCheck(program);
    await program.parseAsync(line, { from: 'user' });
    return texts.join('');
  } finally {
    written.mockRestore();
  }
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

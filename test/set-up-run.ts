import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Once before all workers of a run, which take over what stands in the environment; returns what ends it. */
export function setup(): () => void {
  // All that a run leaves among temporary files goes with it, whatever a worker was ended at.
  const folder = mkdtempSync(join(tmpdir(), 'lambda-lens-test-'));
  process.env.TMPDIR = folder;
  // A thread or a program that a test starts spends two thirds of its start on stripping types and compiling.
  process.env.NODE_COMPILE_CACHE = join(folder, 'compiled');
  return () => rmSync(folder, { recursive: true, force: true });
}

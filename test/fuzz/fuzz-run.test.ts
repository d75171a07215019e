import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { fuzz, replay } from './fuzz-run.ts';
import { mutate } from './mutate.ts';
import { Random } from './random.ts';
import { WatchedChecker } from './watched-checker.ts';

const targetModule = new URL('../fixtures/fuzz/touchy-target.ts', import.meta.url);
const findings = await mkdtemp(join(tmpdir(), 'fuzz-'));
afterAll(() => rm(findings, { recursive: true }));

describe('fuzzing', () => {
  it('saves one input for each problem, and finds it wrong again at replay', async () => {
    const lines: string[] = [];
    const report = (line: string) => lines.push(line);
    const found = await fuzz({ targetModule, seconds: 1, seed: 7, findings, timeoutInMilliseconds: 200, report });
    expect(found).toBe(2);
    const saved = (await readdir(findings)).filter((name) => name.endsWith('.bin')).map((name) => join(findings, name));
    expect(saved).toHaveLength(2);
    const problems = await Promise.all(saved.map((file) => readFile(`${file}.txt`, 'utf8')));
    expect(problems.sort().join()).toMatch(/a zero byte[\s\S]*no answer in 200 ms/);
    expect(await replay(saved, targetModule, 200, report)).toBe(2);
  });

  it('goes on after an input that hangs', async () => {
    const checker = new WatchedChecker(targetModule, 200);
    expect(await checker.check(new Uint8Array(0))).toContain('no answer');
    expect(await checker.check(Uint8Array.of(1))).toBeUndefined();
    await checker.close();
  });

  it('repeats its mutations by the seed', () => {
    const run = (seed: number) => {
      const random = new Random(seed);
      return Array.from({ length: 50 }, () => mutate([Uint8Array.of(1, 2, 3, 4, 5)], random).toString('hex'));
    };
    expect(run(1)).toEqual(run(1));
    expect(run(1)).not.toEqual(run(2));
  });
});

import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FuzzTarget } from './fuzz-target.ts';
import { mutate } from './mutate.ts';
import { Random } from './random.ts';
import { WatchedChecker } from './watched-checker.ts';

export interface FuzzOptions {
  readonly targetModule: URL;
  readonly seconds: number;
  readonly seed: number;
  /** Where inputs that are answered wrongly are saved, each with what went wrong beside it. */
  readonly findings: string;
  /** A directory of further inputs to start from. */
  readonly corpus?: string | undefined;
  readonly timeoutInMilliseconds: number;
  readonly report: (line: string) => void;
}

/** Mutates and checks until the time is up. Returns how many inputs were answered wrongly, each problem counted once. */
export async function fuzz(options: FuzzOptions): Promise<number> {
  const { target } = (await import(options.targetModule.href)) as { target: FuzzTarget };
  const seeds = [...(await target.seeds()), ...(await readCorpus(options.corpus))];
  const random = new Random(options.seed);
  const checker = new WatchedChecker(options.targetModule, options.timeoutInMilliseconds);
  const seen = new Set<string>();
  const end = performance.now() + 1000 * options.seconds;
  let inputs = 0;
  for (; performance.now() < end; inputs += 1) {
    const mutated = mutate(seeds, random);
    const input = target.repair !== undefined && random.below(4) > 0 ? target.repair(mutated) : mutated;
    const problem = await checker.check(input);
    if (problem === undefined || seen.has(placeOf(problem))) continue;
    seen.add(placeOf(problem));
    options.report(`found: ${await save(options.findings, input, problem)}\n${problem}`);
  }
  await checker.close();
  options.report(`${inputs} inputs, ${seen.size} problems`);
  return seen.size;
}

/** Checks saved inputs again. Returns how many are still answered wrongly. */
export async function replay(
  files: readonly string[],
  targetModule: URL,
  timeoutInMilliseconds: number,
  report: (line: string) => void,
): Promise<number> {
  const checker = new WatchedChecker(targetModule, timeoutInMilliseconds);
  let wrong = 0;
  for (const file of files) {
    const problem = await checker.check(await readFile(file));
    report(`${problem === undefined ? 'right' : 'wrong'}: ${file}${problem === undefined ? '' : `\n${problem}`}`);
    if (problem !== undefined) wrong += 1;
  }
  await checker.close();
  return wrong;
}

/** The first line of a stack with its first place, by which the same problem is known again. */
function placeOf(problem: string): string {
  return problem.split('\n').slice(0, 2).join('\n');
}

async function save(directory: string, input: Uint8Array, problem: string): Promise<string> {
  await mkdir(directory, { recursive: true });
  const file = join(directory, `${createHash('sha256').update(input).digest('hex').slice(0, 16)}.bin`);
  await writeFile(file, input);
  await writeFile(`${file}.txt`, `${problem}\n`);
  return file;
}

async function readCorpus(directory: string | undefined): Promise<Uint8Array[]> {
  if (directory === undefined) return [];
  const entries = await readdir(directory, { withFileTypes: true });
  return Promise.all(entries.filter((entry) => entry.isFile()).map((entry) => readFile(join(directory, entry.name))));
}

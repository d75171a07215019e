import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { Command, InvalidArgumentError, Option } from 'commander';
import { type Target, targets, type Verdict } from './judge-input.ts';
import { type Draw, mutateInput } from './mutate-input.ts';
import { repairCheckValues } from './repair-check-values.ts';
import { readSeedInputs, type SeedInput } from './seed-inputs.ts';

/** What one input may cost, in milliseconds and megabytes. */
const photoLimits = { time: 5_000, growth: 1_000 };
const limitsOf = (target: Target) => (target === 'onnx' ? { time: 3_000, growth: 500 } : photoLimits);

/** Numbers that are the same for the same seed: xorshift32. */
function createDraw(seed: number): Draw {
  let state = seed | 1;
  return (bound) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % bound;
  };
}

async function startWorker(): Promise<Worker> {
  const started = new Worker(new URL('./fuzz-worker.ts', import.meta.url));
  await once(started, 'message');
  return started;
}

let worker = await startWorker();

/** Judges one input in the worker; one that does not come back is a fault, and costs the worker. */
async function judge(target: Target, bytes: Buffer): Promise<Verdict> {
  const residentBefore = process.memoryUsage.rss();
  const limits = limitsOf(target);
  const judged = Promise.withResolvers<Verdict>();
  const end = (outcome: string, fault: string) => judged.resolve({ outcome, fault });
  const timer = setTimeout(end, limits.time, 'hang', `no answer within ${limits.time} ms`);
  const onError = (error: Error) => end('crash', error.stack ?? error.message);
  const onExit = () => end('crash', 'the thread of the decoder ended');
  worker.on('message', judged.resolve).on('error', onError).on('exit', onExit);
  worker.postMessage({ target, bytes: new Uint8Array(bytes) });
  const verdict = await judged.promise;
  clearTimeout(timer);
  worker.off('message', judged.resolve).off('error', onError).off('exit', onExit);
  if (verdict.outcome === 'hang' || verdict.outcome === 'crash') {
    await worker.terminate();
    worker = await startWorker();
  }
  const grownInMegabytes = (process.memoryUsage.rss() - residentBefore) / 1e6;
  if (verdict.fault === undefined && grownInMegabytes > limits.growth) {
    return { ...verdict, fault: `memory grew by ${grownInMegabytes.toFixed(0)} MB` };
  }
  return verdict;
}

async function save(directory: string, target: Target, bytes: Buffer, fault: string): Promise<string> {
  await mkdir(directory, { recursive: true });
  const name = `${target}-${createHash('sha256').update(bytes).digest('hex').slice(0, 12)}`;
  await writeFile(join(directory, name), bytes);
  await writeFile(join(directory, `${name}.txt`), `${fault}\n`);
  return join(directory, name);
}

/** Judges saved inputs again; their names begin with their target. */
async function replay(files: readonly string[]): Promise<number> {
  let faults = 0;
  for (const file of files) {
    const target = basename(file).split('-')[0] as Target;
    const { outcome, fault } = await judge(target, await readFile(file));
    console.log(`${file}: ${outcome}${fault === undefined ? '' : `, ${fault}`}`);
    if (fault !== undefined) faults += 1;
  }
  return faults;
}

async function fuzz(inputs: readonly SeedInput[], draw: Draw, seconds: number, directory: string): Promise<number> {
  const pick = () => inputs[draw(inputs.length)] as SeedInput;
  const outcomes = new Map<string, number>();
  const endsAt = Date.now() + 1_000 * seconds;
  let faults = 0;
  while (Date.now() < endsAt) {
    const { target, bytes } = pick();
    const raw = mutateInput(bytes, pick().bytes, draw);
    const mutated = draw(4) === 0 ? raw : repairCheckValues(raw);
    const { outcome, fault } = await judge(target, mutated);
    const key = `${target} ${outcome}`;
    outcomes.set(key, (outcomes.get(key) ?? 0) + 1);
    if (fault === undefined) continue;
    faults += 1;
    console.log(`${fault.split('\n', 1)[0]}: saved as ${await save(directory, target, mutated, fault)}`);
  }
  for (const [key, count] of [...outcomes].sort()) console.log(`${key}: ${count}`);
  return faults;
}

async function readInputs(): Promise<readonly SeedInput[]> {
  const inputs = await readSeedInputs();
  return only === undefined ? inputs : inputs.filter(({ target }) => target === only);
}

function number(value: string): number {
  const parsed = Number(value);
  if (!Number.isInteger(parsed) || parsed < 1) throw new InvalidArgumentError('It must be a whole number from 1.');
  return parsed;
}

const program = new Command('fuzz')
  .description(
    'Mutates valid photos, forms, JSON and models until something crashes, hangs or answers with a part of a picture.',
  )
  .argument('[files...]', 'saved inputs to judge again, instead of new ones')
  .addOption(new Option('--target <name>', 'what reads them, instead of all').choices(targets))
  .option('--seconds <count>', 'how long', number, 60)
  .option('--seed <number>', 'for the same inputs again', number, Date.now() % 2 ** 31)
  .option('--save <directory>', 'where the inputs go that something is wrong with', 'coverage/fuzz')
  .parse();
interface Options {
  readonly target?: Target;
  readonly seconds: number;
  readonly seed: number;
  readonly save: string;
}
const { target: only, seconds, seed, save: directory } = program.opts<Options>();

if (program.args.length === 0) console.log(`seed ${seed}`);
const faults =
  program.args.length > 0
    ? await replay(program.args)
    : await fuzz(await readInputs(), createDraw(seed), seconds, directory);
console.log(`${faults} faults`);
await worker.terminate();
if (faults > 0) process.exitCode = 1;

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import { createDeadline } from '../function/invocation/deadline.ts';
import { ServiceError } from '../function/invocation/service-error.ts';
import { createPredict } from '../function/prediction/predict.ts';
import { toAnswer } from '../function/prediction/prediction-answer.ts';
import { wireService } from '../function/wire.ts';
import { type Damage, damageKinds } from './damage/damage-kinds.ts';
import { toProgressive } from './damage/to-progressive.ts';
import { createDraw } from './random-draw.ts';

type DamageOutcome = 'refused' | 'same label' | 'other label' | 'other label, confident';
const outcomes: readonly DamageOutcome[] = ['refused', 'same label', 'other label', 'other label, confident'];

const predict = createPredict(wireService({}, { startsCold: false }).collaborators);

/** Label and verdict of a photo as the service answers it; undefined where it is refused. */
async function ask(bytes: Uint8Array): Promise<{ readonly label: string; readonly verdict: string } | undefined> {
  const deadline = createDeadline(Number.POSITIVE_INFINITY);
  try {
    const prediction = await predict({ kind: 'bytes', bytes }, { explain: false, deadline });
    return toAnswer(prediction, { top: 1, readMs: 0, totalMs: 0, coldStart: false });
  } catch (error) {
    if (error instanceof ServiceError && error.code !== 'internal_error') return undefined;
    throw error;
  } finally {
    deadline.release();
  }
}

async function outcomeOf(damaged: Uint8Array, label: string): Promise<DamageOutcome> {
  const answer = await ask(damaged);
  if (answer === undefined) return 'refused';
  if (answer.label === label) return 'same label';
  return answer.verdict === 'confident' ? 'other label, confident' : 'other label';
}

async function measure(damage: Damage, photos: readonly Buffer[], seed: number): Promise<Map<DamageOutcome, number[]>> {
  const draw = createDraw(seed);
  const found = new Map<DamageOutcome, number[]>(outcomes.map((outcome) => [outcome, []]));
  for (const [index, photo] of photos.entries()) {
    const whole = await ask(photo);
    if (whole === undefined) throw new Error(`photo ${index} is refused undamaged`);
    const damaged = damage(photo, draw, photos[(index + 1) % photos.length] as Buffer);
    if (damaged === undefined) continue;
    found.get(await outcomeOf(damaged, whole.label))?.push(index);
  }
  return found;
}

const program = new Command('bench-damage')
  .description(
    'Damages photos in ten ways and counts what is refused, and which answers differ from those to the whole.',
  )
  .argument('<directory>', 'JPEG photos, in it and below')
  .option('--photos <count>', 'how many of them, evenly spread', '200')
  .option('--seed <number>', 'another gives other damage', '1')
  .option('--progressive', 'recode every photo as progressive first')
  .option('--verbose', 'name the photos whose label changed')
  .parse();
const [directory = ''] = program.args;
const { photos: count, seed, progressive, verbose } = program.opts();

const entries = await readdir(directory, { recursive: true, withFileTypes: true });
const files = entries
  .filter((entry) => entry.isFile() && /\.jpe?g$/i.test(entry.name))
  .map((entry) => join(entry.parentPath, entry.name))
  .sort();
const step = files.length / Math.min(Number(count), files.length);
const chosen = files.filter((_, index) => Math.floor(index / step) !== Math.floor((index - 1) / step));
const stored = await Promise.all(chosen.map((file) => readFile(file)));

console.log(`| damage | photos | ${outcomes.join(' | ')} |\n|${' --- |'.repeat(outcomes.length + 2)}`);
for (const [position, [name, damage]] of Object.entries(damageKinds).entries()) {
  // Only between the scans of a progressive file can one be cut.
  const photos = progressive || name === 'cut between scans' ? stored.map(toProgressive) : stored;
  const found = await measure(damage, photos, 1000 * Number(seed) + position);
  const counts = outcomes.map((outcome) => found.get(outcome)?.length ?? 0);
  console.log(`| ${name} | ${counts.reduce((sum, each) => sum + each, 0)} | ${counts.join(' | ')} |`);
  if (!verbose) continue;
  for (const outcome of outcomes.slice(2)) {
    for (const index of found.get(outcome) ?? []) console.log(`${outcome}: ${chosen[index]}`);
  }
}

import { type Contender, PhotoRefused, RunningContender } from './contender.ts';
import type { Results } from './results.ts';
import { type Summary, summarise } from './summarise.ts';

const warmUpRounds = 3;

/** A start to be timed: resolves to milliseconds from the start of the process to its first answer. */
export interface ColdStart {
  readonly name: string;
  readonly run: () => Promise<number>;
}

export function coldStartOf(contender: Contender, photo: Uint8Array, processors: string | undefined): ColdStart {
  return {
    name: contender.name,
    async run() {
      const running = new RunningContender(contender, processors);
      try {
        return await running.firstAnswer(photo);
      } finally {
        await running.stop();
      }
    },
  };
}

/** Starts each in turn, `rounds` times after a first that only fills the caches of files and of compiled code. */
export async function measureCold(starts: readonly ColdStart[], rounds: number): Promise<Results['cold']> {
  const times = new Map<string, number[]>(starts.map(({ name }) => [name, []]));
  for (let round = 0; round <= rounds; round++) {
    for (const { name, run } of starts) {
      const time = await run();
      if (round > 0) times.get(name)?.push(time);
    }
  }
  return summariseAll(times);
}

/** Whether the service takes the photo at all. */
async function takes(one: RunningContender, photo: Uint8Array): Promise<boolean> {
  try {
    await one.post(photo);
    return true;
  } catch (error) {
    if (error instanceof PhotoRefused) return false;
    throw error;
  }
}

/** Posts each photo to every service in turn, but to those that refuse it for its size; memory is read after all of them. */
export async function measureWarm(
  contenders: readonly Contender[],
  photos: ReadonlyMap<string, Uint8Array>,
  rounds: number,
  processors: string | undefined,
): Promise<Pick<Results, 'warm' | 'memory'>> {
  const running = contenders.map((contender) => new RunningContender(contender, processors));
  try {
    const warm: Record<string, Record<string, Summary>> = {};
    const [first] = photos.values();
    if (first !== undefined) for (const one of running) await one.firstAnswer(first);
    for (const [photoName, photo] of photos) {
      const taking: RunningContender[] = [];
      for (const one of running) if (await takes(one, photo)) taking.push(one);
      const times = new Map<string, number[]>(taking.map(({ contender }) => [contender.name, []]));
      for (let round = 1 - warmUpRounds; round < rounds; round++) {
        for (const one of taking) {
          const time = await one.post(photo);
          if (round >= 0) times.get(one.contender.name)?.push(time);
        }
      }
      warm[photoName] = summariseAll(times);
      console.error(`measured ${photoName}`);
    }
    const memory: Record<string, { residentMb: number; peakMb: number }> = {};
    for (const one of running) memory[one.contender.name] = await one.memory();
    return { warm, memory };
  } finally {
    await Promise.all(running.map((one) => one.stop()));
  }
}

export function summariseAll(times: ReadonlyMap<string, readonly number[]>): Record<string, Summary> {
  return Object.fromEntries([...times].map(([name, values]) => [name, summarise(values)]));
}

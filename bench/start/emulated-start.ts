import { join } from 'node:path';
import { docker } from '../../test/e2e/container/docker.ts';
import { addEmulator, startService } from '../../test/e2e/container/service-container.ts';

/** One start on an image and events after it, in milliseconds. */
export interface EmulatedStart {
  /** What the emulator reports for its first event, before which it starts the function. */
  readonly startAndFirst: number;
  /** What it reports for a later one. */
  readonly later: readonly number[];
  /** By the function's own account, of the first event and of each later one. */
  readonly timings: readonly Timing[];
}

export interface Timing {
  readonly sourceMs: number;
  readonly decodeMs: number;
  readonly fitMs: number;
  readonly modelMs: number;
  readonly totalMs: number;
}

const laterEvents = 15;
const dockerfile = join(import.meta.dirname, '..', '..', 'function', 'Dockerfile');

/** An image of a staged bundle, with the emulator in front. */
export async function buildEmulatedImage(tag: string, directory: string, baseImage: string, emulator: string) {
  const from = ['--build-arg', `NODE_IMAGE=${baseImage}`, '--build-arg', `BUILDER_IMAGE=${baseImage}`];
  const image = `${tag}-plain`;
  await docker(['build', '--quiet', '--file', dockerfile, '--tag', image, ...from, directory]);
  await addEmulator(image, emulator, tag);
}

/** Starts a container of the image on the processors given, and posts one event to it again and again. */
export async function measureEmulatedStart(
  image: string,
  baseImage: string,
  event: unknown,
  processors: string,
): Promise<EmulatedStart> {
  const service = await startService(image, baseImage, ['--cpuset-cpus', processors]);
  try {
    const timings: Timing[] = [];
    for (let count = 0; count <= laterEvents; count++) {
      const { body } = await service.invoke(event);
      timings.push(JSON.parse(JSON.parse(body).body).timing);
    }
    // The emulator writes a line as Lambda does; its "Init Duration" is not that of the function.
    const durations = [...(await service.log()).matchAll(/\tDuration: ([\d.]+) ms/g)].map(([, text]) => Number(text));
    const [startAndFirst, ...later] = durations;
    if (startAndFirst === undefined || later.length !== laterEvents)
      throw new Error('The emulator reported otherwise.');
    return { startAndFirst, later, timings };
  } finally {
    await service.remove();
  }
}

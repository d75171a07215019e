import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EngineOptions } from '../model/classification.ts';
import { openGraph } from '../model/open-graph.ts';
import type { ImportedModel } from './import-model.ts';
import { writeModelDirectory } from './write-model-directory.ts';

export interface ModelCost {
  /** Of one warm run of the model alone, without decoding or fitting a photo. */
  readonly medianInMilliseconds: number;
  /** What this process holds in memory with the model loaded. */
  readonly residentInMegabytes: number;
}

const warmRuns = 5;

/** Runs the model on this machine as the service would, from a temporary directory that is gone afterwards. */
export async function measureModel(model: ImportedModel, engine: EngineOptions): Promise<ModelCost> {
  const { width, height, channels } = model.input;
  const input = { width, height, channels: 'rgb', resize: 'bilinear', fit: 'stretch', scale: 1, offset: 0 } as const;
  const card = { name: 'measured', labels: ['a', 'b'], input, output: model.output };
  const directory = await mkdtemp(join(tmpdir(), 'lambda-lens-'));
  try {
    await writeModelDirectory(directory, model, { card, weights: 'float16' });
    const graph = await openGraph(directory, [1, height, width, channels], engine);
    try {
      const photo = new Float32Array(width * height * channels).fill(0.5);
      const times = Array.from({ length: warmRuns + 1 }, () => {
        const startedAt = performance.now();
        graph.run(photo, ['score']);
        return performance.now() - startedAt;
      });
      const warm = times.slice(1).sort((a, b) => a - b);
      return {
        medianInMilliseconds: warm[Math.floor(warm.length / 2)] as number,
        residentInMegabytes: process.memoryUsage.rss() / 2 ** 20,
      };
    } finally {
      graph.dispose();
    }
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

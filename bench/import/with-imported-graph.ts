import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assets } from '../../function/bundling/assets.ts';
import type { WeightFormat } from '../../importer/graph/encode-weights.ts';
import type { ImportedModel } from '../../importer/import-model.ts';
import { writeModelDirectory } from '../../importer/write-model-directory.ts';
import type { RunnableGraph } from '../../model/graph/runnable-graph.ts';
import { openGraph } from '../../model/open-graph.ts';

/** Writes the model in the format given, loads what was written, and hands it over; nothing of it is left after. */
export async function withImportedGraph<Result>(
  model: ImportedModel,
  weights: WeightFormat,
  use: (graph: RunnableGraph, weightsInBytes: number) => Result,
): Promise<Result> {
  const { width, height, channels } = model.input;
  const way = { channels: 'rgb', resize: 'bilinear', fit: 'stretch', scale: 1, offset: 0 } as const;
  const card = { name: 'measured', labels: ['a', 'b'], input: { width, height, ...way }, output: model.output };
  const directory = await mkdtemp(join(tmpdir(), 'imported-'));
  try {
    const { weightsInBytes } = await writeModelDirectory(directory, model, { card, weights });
    const graph = await openGraph(directory, [1, height, width, channels], assets);
    try {
      return use(graph, weightsInBytes);
    } finally {
      graph.dispose();
    }
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

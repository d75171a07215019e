import { countValues } from '../graph/shape.ts';
import type { LayerReport, ReadModel, ReadOptions } from '../read-model.ts';
import { kerasToGraph } from './keras-to-graph.ts';
import type { ModelDescription } from './model-description.ts';
import { type OpenedModel, openKerasArchive, openLegacyFile } from './open-model.ts';

/** Reads a `.keras` archive. Throws an ImportError. */
export async function readKerasArchive(path: string, options: ReadOptions): Promise<ReadModel> {
  return readOpenedModel(await openKerasArchive(path), options);
}

/** Reads a legacy `.h5`. Throws an ImportError. */
export async function readLegacyFile(path: string, options: ReadOptions): Promise<ReadModel> {
  return readOpenedModel(await openLegacyFile(path), options);
}

/** Converts an opened model and closes it. */
export function readOpenedModel(opened: OpenedModel, options: ReadOptions): ReadModel {
  const layers: LayerReport[] = [];
  try {
    const { input, score } = kerasToGraph(opened, {
      size: options.size,
      onLayer: (layer, place, _inputs, output) => {
        const stored = opened.variables.get(layer)?.own ?? [];
        const parameters = stored.reduce((sum, dataset) => sum + countValues(dataset.shape), 0);
        layers.push({ place, className: layer.className, shape: output.shape, parameters });
      },
    });
    const madeWith = `Keras ${opened.kerasVersion ?? 'of an unknown version'}`;
    return { architectures: namesOf(opened.description), madeWith, input, score, layers };
  } finally {
    opened.close();
  }
}

function namesOf(model: ModelDescription): string[] {
  return [model.name, ...model.layers.flatMap((layer) => (layer.model ? namesOf(layer.model) : []))];
}

import type { LayerReport, ReadModel, ReadOptions } from '../model-reader.ts';
import { kerasToGraph } from './keras-to-graph.ts';
import { listLayers } from './list-layers.ts';
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
  try {
    const layers = listLayers(opened.description, opened.variables);
    options.onLayers?.(layers);
    const parameters = new Map(layers.map((layer) => [layer.place, layer.parameters]));
    const total = layers.reduce((sum, layer) => sum + layer.parameters, 0);
    let done = 0;
    const { input, score } = kerasToGraph(opened, {
      size: options.size,
      output: options.output,
      onLayer: (_, place) => {
        options.onProgress?.(done, total);
        done += parameters.get(place) ?? 0;
        // A layer that is used again costs nothing more.
        parameters.delete(place);
      },
    });
    options.onProgress?.(total, total);
    const madeWith = `Keras ${opened.kerasVersion ?? 'of an unknown version'}`;
    const maker = isTeachableMachine(layers) ? ('teachable-machine' as const) : undefined;
    return { architectures: namesOf(opened.description), madeWith, input, score, maker };
  } finally {
    opened.close();
  }
}

/** Its exports have layers named by TensorFlow.js behind a MobileNet: a pooling, and two dense layers without dropout. */
function isTeachableMachine(layers: readonly LayerReport[]): boolean {
  const patterns = [/global_average_pooling2d_GlobalAveragePooling2D\d+$/, /dense_Dense\d+$/, /Conv1$/];
  return patterns.every((pattern) => layers.some(({ place }) => pattern.test(place)));
}

function namesOf(model: ModelDescription): string[] {
  return [model.name, ...model.layers.flatMap((layer) => (layer.model ? namesOf(layer.model) : []))];
}

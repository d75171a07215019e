import { readCheckedModel } from './checked-model.ts';
import type { EngineOptions } from './classification.ts';
import { readShape } from './graph/attributes.ts';
import { type GraphFile, readStoredGraph } from './graph/graph-file.ts';
import type { PictureShape, RunnableGraph } from './graph/runnable-graph.ts';
import { ModelError } from './model-error.ts';
import { PlannedGraph } from './plan/planned-graph.ts';

/**
 * Loads model.json and weights.bin: as a plan on the project's own kernels where they cover every operation of the model,
 * else, or where the engine asked for is `tensorflow`, with TF.js. Every run has the one shape given, so that memory stays
 * flat. Throws a ModelError where files and shape do not fit together, and keeps nothing then.
 */
export async function openGraph(
  directory: string,
  shape: PictureShape,
  { wasmFile, engine = 'own' }: EngineOptions,
): Promise<RunnableGraph> {
  const file = await readFile(directory);
  checkInput(file, shape);
  const planned = engine === 'own' ? (PlannedGraph.open(file, shape) ?? (await openWider(file, shape))) : undefined;
  if (planned !== undefined) return planned;
  // Imported when it is needed: TF.js takes longer to start than a plan to run.
  const { TensorflowGraph } = await import('./tensorflow/tensorflow-graph.ts');
  return TensorflowGraph.open(file, shape, wasmFile, engine);
}

/** What hashes weights is read only where no note says that they have been. */
async function readFile(directory: string): Promise<GraphFile> {
  const checked = readCheckedModel(directory);
  if (checked !== undefined) return readStoredGraph(directory, () => checked);
  const { readGraphFile } = await import('./graph/read-graph-file.ts');
  return readGraphFile(directory);
}

/** By what rarer graphs need beside, which is read then alone. */
async function openWider(file: GraphFile, shape: PictureShape): Promise<PlannedGraph | undefined> {
  const { widerOperations } = await import('./plan/wider/wider-operations.ts');
  return PlannedGraph.open(file, shape, widerOperations);
}

function checkInput(file: GraphFile, expected: PictureShape): void {
  const [input, ...others] = file.nodes.filter(({ op }) => op === 'Placeholder');
  if (input === undefined || others.length > 0) {
    const count = input === undefined ? 0 : others.length + 1;
    throw new ModelError('unsupported', `The model takes ${count} inputs; only models of one are served.`);
  }
  // A size below 1 stands for any size.
  const shape = readShape(input, 'shape') ?? expected;
  if (shape.length === expected.length && shape.every((size, axis) => size < 1 || size === expected[axis])) return;
  throw new ModelError(
    'mismatch',
    `The model takes [${shape.join(', ')}], but card.json's input makes [${expected.join(', ')}] ` +
      '(photo, height, width, channels).',
  );
}

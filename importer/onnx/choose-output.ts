import { ImportError } from '../import-error.ts';
import type { ReadOptions } from '../model-reader.ts';
import type { OnnxModel, OnnxNode } from './onnx-model.ts';
import { shorten } from './onnx-tensor.ts';

/** ONNX's numbers of whole numbers and texts. */
const labelTypes = [2, 3, 4, 5, 6, 7, 8, 12, 13];

/** The value that is the answer: the only output, or the one asked for, which may be any value on the way. */
export function chooseOutput({ graph }: OnnxModel, nodes: readonly OnnxNode[], { output }: ReadOptions): string {
  const names = graph.outputs.map(({ name }) => name);
  if (output !== undefined && (names.includes(output) || nodes.some(({ outputs }) => outputs.includes(output))))
    return output;
  // A label in words or as a number is made of the scores beside it.
  const scores = graph.outputs.filter(({ type }) => !labelTypes.includes(type));
  const [first] = scores.length > 0 ? scores : graph.outputs;
  if (output === undefined && first !== undefined && (scores.length === 1 || names.length === 1)) return first.name;
  const listed = names.slice(0, 12).map(shorten).join(', ');
  throw new ImportError(
    output === undefined
      ? `The model has ${names.length} outputs: ${listed}.`
      : `The model has no output "${output}"; it has ${listed}.`,
    'Name the one that is the answer with --output.',
  );
}

import { ImportError } from '../import-error.ts';
import type { ReadOptions } from '../model-reader.ts';
import type { OnnxModel, OnnxNode } from './onnx-model.ts';
import { shorten } from './onnx-tensor.ts';

/** The value that is the answer: the only output, or the one asked for, which may be any value on the way. */
export function chooseOutput({ graph }: OnnxModel, nodes: readonly OnnxNode[], { output }: ReadOptions): string {
  const names = graph.outputs.map(({ name }) => name);
  if (output !== undefined && (names.includes(output) || nodes.some(({ outputs }) => outputs.includes(output))))
    return output;
  const [first] = names;
  if (output === undefined && first !== undefined && names.length === 1) return first;
  const listed = names.slice(0, 12).map(shorten).join(', ');
  throw new ImportError(
    output === undefined
      ? `The model has ${names.length} outputs: ${listed}.`
      : `The model has no output "${output}"; it has ${listed}.`,
    'Name the one that is the answer with --output.',
  );
}

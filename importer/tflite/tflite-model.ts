import { ImportError } from '../import-error.ts';
import { FlatTable } from './flat-table.ts';
import { customOperator, operatorNames } from './operators.ts';
import { type Normalisation, readMetadata } from './read-metadata.ts';

/** How whole numbers stand for real ones: real = (number - zero point) × scale, for all or along one axis. */
export interface Quantization {
  readonly scales: readonly number[];
  readonly zeroPoints: readonly number[];
  readonly axis: number;
}

export interface TfliteTensor {
  readonly name: string;
  /** As the file says, the batch 1 where it is left open. */
  readonly shape: readonly number[];
  /** Whether a size is only known when the model runs; `shape` then has 1 in its place. */
  readonly isOpen: boolean;
  readonly type: number;
  /** The stored values, empty for a tensor that is computed. */
  readonly bytes: Uint8Array;
  readonly quantization: Quantization | undefined;
}

export interface TfliteOperation {
  readonly name: string;
  /** Numbers of tensors; -1 is an input that is left out. */
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  readonly options: FlatTable | undefined;
}

export interface TfliteModel {
  readonly tensors: readonly TfliteTensor[];
  readonly operations: readonly TfliteOperation[];
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  /** What the metadata beside the model says of its photos and labels. */
  readonly normalisation: Normalisation | undefined;
  /** The name of the file of labels that is packed into the model. */
  readonly labelsFile: string | undefined;
}

/** Reads the tables of a .tflite file (TensorFlow Lite's schema.fbs, version 3). Throws an {@link ImportError}. */
export function readTfliteModel(bytes: Uint8Array): TfliteModel {
  const model = FlatTable.root(bytes);
  const version = model.uint32(0);
  if (version !== 3)
    throw new ImportError(
      `The .tflite file is of version ${version}.`,
      'Convert the model with a TensorFlow of 2017 or later.',
    );
  const names = model.tables(1).map(operatorName);
  const graphs = model.tables(2);
  const [graph] = graphs;
  if (graph === undefined || graphs.length !== 1) {
    throw new ImportError(
      `The .tflite file holds ${graphs.length} subgraphs, where one can be imported.`,
      'Control flow (if, while) makes more than one; a classifier needs none.',
    );
  }
  const buffers = model.tables(4).map((buffer) => readBuffer(buffer, bytes));
  return {
    ...readMetadata(model, buffers),
    tensors: graph.tables(0).map((tensor) => readTensor(tensor, buffers)),
    inputs: graph.int32s(1),
    outputs: graph.int32s(2),
    operations: graph.tables(3).map((operation) => ({
      name: names[operation.uint32(0)] ?? 'an operator that the file does not name',
      inputs: operation.int32s(1),
      outputs: operation.int32s(2),
      options: operation.table(4),
    })),
  };
}

/** Numbers above 127 stand in a later field, to which the older one points by saying 127. */
function operatorName(code: FlatTable): string {
  const number = Math.max(code.int8(0), code.int32(3));
  if (number === customOperator) return code.text(1) || 'CUSTOM';
  return operatorNames[number] ?? `operator ${number}`;
}

/** The values lie in the buffer itself, or past the end of the tables in files of more than 2 GB. */
function readBuffer(buffer: FlatTable, file: Uint8Array): Uint8Array {
  const inside = buffer.bytes(0);
  const [start, size] = [buffer.uint64(1), buffer.uint64(2)];
  if (inside.length > 0 || size === 0) return inside;
  if (start + size > file.length) {
    throw new ImportError('The .tflite file is cut short: weights are missing.', 'Copy it again.');
  }
  return file.subarray(start, start + size);
}

function readTensor(tensor: FlatTable, buffers: readonly Uint8Array[]): TfliteTensor {
  const quantization = tensor.table(4);
  const scales = quantization?.float32s(2) ?? [];
  const buffer = tensor.uint32(2);
  const bytes = buffers[buffer];
  if (bytes === undefined)
    throw new ImportError('The .tflite file is damaged: a tensor has no buffer.', 'Copy it again.');
  return {
    name: tensor.text(3),
    shape: tensor.int32s(0),
    isOpen: tensor.int32s(7).includes(-1),
    type: tensor.int8(1),
    bytes,
    quantization:
      quantization === undefined || scales.length === 0
        ? undefined
        : { scales, zeroPoints: quantization.int64s(3), axis: quantization.int32(6) },
  };
}

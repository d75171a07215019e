import { ImportError } from '../import-error.ts';
import { OnnxAttributes } from './onnx-attributes.ts';
import { OnnxTensor } from './onnx-tensor.ts';
import { ProtoMessage } from './proto-message.ts';

/** A node of an ONNX graph; the empty name stands for an input or output that is left out. */
export interface OnnxNode {
  /** The operator, with its domain in front where that is not ONNX's own: `com.microsoft.QLinearAdd`. */
  readonly op: string;
  readonly name: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: OnnxAttributes;
  /** Which of several functions of the same name is meant. */
  readonly overload: string;
}

/** A tensor that goes in or out; a size is a number, or undefined where the file leaves it open. */
export interface OnnxValueInfo {
  readonly name: string;
  readonly type: number;
  readonly shape: readonly (number | undefined)[] | undefined;
}

export interface OnnxGraph {
  readonly nodes: readonly OnnxNode[];
  readonly initializers: ReadonlyMap<string, OnnxTensor>;
  readonly inputs: readonly OnnxValueInfo[];
  readonly outputs: readonly OnnxValueInfo[];
}

export interface OnnxFunction {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly nodes: readonly OnnxNode[];
  /** Attributes that a call may leave out. */
  readonly defaults: OnnxAttributes;
}

export interface OnnxModel {
  readonly graph: OnnxGraph;
  readonly functions: ReadonlyMap<string, OnnxFunction>;
  /** The version of ONNX's own operators. */
  readonly opset: number;
  /** Such as `pytorch 2.9.1`. */
  readonly producer: string;
}

const newestIrVersion = 14;
const oldestOpset = 7;
const newestOpset = 28;

/** Reads the bytes of an .onnx file (onnx.proto of ONNX 1.23). Throws an {@link ImportError}, or a RangeError for nonsense. */
export function readOnnxModel(bytes: Uint8Array): OnnxModel {
  const model = new ProtoMessage(bytes);
  const irVersion = model.integer(1);
  const graph = model.message(7);
  if (graph === undefined || irVersion < 1) throw new RangeError('it holds no graph.');
  if (irVersion > newestIrVersion) {
    throw new ImportError(
      `The .onnx file is of IR version ${irVersion}; versions up to ${newestIrVersion} are read.`,
      'Export it with an older version: model.ir_version says which, and onnx.version_converter changes the opset.',
    );
  }
  const opset = readOpset(model);
  return {
    graph: readGraph(graph),
    functions: new Map(model.messages(25).map((message) => [functionKey(message), readFunction(message)])),
    opset,
    producer: [model.text(2), model.text(3)].join(' ').trim().slice(0, 80) || 'an unnamed program',
  };
}

function readOpset(model: ProtoMessage): number {
  const own = model.messages(8).find((entry) => isOwnDomain(entry.text(1)));
  const opset = own?.integer(2, 1) ?? 1;
  if (opset >= oldestOpset && opset <= newestOpset) return opset;
  throw new ImportError(
    `The .onnx file uses opset ${opset}; opsets ${oldestOpset} to ${newestOpset} are imported.`,
    'Export the model again with opset_version=18, or change the file with onnx.version_converter.',
  );
}

function isOwnDomain(domain: string): boolean {
  return domain === '' || domain === 'ai.onnx';
}

export function readGraph(graph: ProtoMessage): OnnxGraph {
  if (graph.has(15)) {
    throw new ImportError('The .onnx file keeps weights as sparse tensors.', 'Export the model with dense weights.');
  }
  const initializers = graph.messages(5).map((message) => new OnnxTensor(message));
  return {
    nodes: graph.messages(1).map(readNode),
    initializers: new Map(initializers.map((tensor) => [tensor.name, tensor])),
    inputs: graph.messages(11).map(readValueInfo),
    outputs: graph.messages(12).map(readValueInfo),
  };
}

function readNode(node: ProtoMessage): OnnxNode {
  const domain = node.text(7);
  const type = node.text(4);
  return {
    op: isOwnDomain(domain) ? type : `${domain}.${type}`,
    name: node.text(3),
    inputs: node.texts(1),
    outputs: node.texts(2),
    attributes: OnnxAttributes.of(node.messages(5)),
    overload: node.text(8),
  };
}

function readValueInfo(info: ProtoMessage): OnnxValueInfo {
  const tensor = info.message(2)?.message(1);
  const sizes = tensor?.message(2)?.messages(1);
  const shape = sizes?.map((size) => (size.has(1) && size.integer(1) > 0 ? size.integer(1) : undefined));
  return { name: info.text(1), type: tensor?.integer(1) ?? 0, shape };
}

function functionKey(message: ProtoMessage): string {
  return keyOfFunction(`${message.text(10)}.${message.text(1)}`, message.text(13));
}

/** By what a call finds its function: `op` holds the domain. */
export function keyOfFunction(op: string, overload: string): string {
  return `${op}:${overload}`;
}

function readFunction(message: ProtoMessage): OnnxFunction {
  return {
    inputs: message.texts(4),
    outputs: message.texts(5),
    nodes: message.messages(7).map(readNode),
    defaults: OnnxAttributes.of(message.messages(11)),
  };
}

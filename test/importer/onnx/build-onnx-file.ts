import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';

type Attribute = number | string | readonly number[];

export interface NodeParts {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly name?: string;
  readonly domain?: string;
  /** Whole numbers, one or a list, or texts. */
  readonly attributes?: Readonly<Record<string, Attribute>>;
  /** A graph as an attribute: branches that hold the node again, so deep. */
  readonly nested?: { readonly name: string; readonly depth: number };
}

export interface TensorParts {
  readonly name: string;
  readonly dims: readonly number[];
  /** Bytes of floats, or of what `type` says. */
  readonly raw?: Uint8Array;
  /** ONNX's number of the type; a float's where it is left out. */
  readonly type?: number;
  readonly external?: Readonly<Record<string, string>>;
}

export interface OnnxParts {
  readonly nodes: readonly NodeParts[];
  readonly tensors?: readonly TensorParts[];
  /** Functions of the domain `own` that call themselves so many times. */
  readonly functions?: readonly { readonly name: string; readonly calls: number }[];
  readonly input?: readonly (number | undefined)[];
  /** ONNX's number of the type of the photo; a float's where it is left out. */
  readonly inputType?: number;
  readonly output?: string;
  readonly irVersion?: number;
  readonly opset?: number;
}

type Fill = (writer: BinaryWriter) => unknown;

function message(fill: Fill): Uint8Array {
  const writer = new BinaryWriter();
  fill(writer);
  return writer.finish();
}

const bytes = (writer: BinaryWriter, field: number, value: Uint8Array) =>
  writer.tag(field, WireType.LengthDelimited).bytes(value);
const text = (writer: BinaryWriter, field: number, value: string) =>
  writer.tag(field, WireType.LengthDelimited).string(value);
const number = (writer: BinaryWriter, field: number, value: number) => writer.tag(field, WireType.Varint).int64(value);

function attribute(name: string, value: Attribute): Uint8Array {
  return message((writer) => {
    text(writer, 1, name);
    if (typeof value === 'number') number(writer, 3, value);
    else if (typeof value === 'string') text(writer, 4, value);
    else for (const one of value) number(writer, 8, one);
    number(writer, 20, typeof value === 'number' ? 2 : typeof value === 'string' ? 3 : 7);
  });
}

function graphAttribute(name: string, inner: NodeParts): Uint8Array {
  const graph = message((writer) => {
    bytes(writer, 1, node(inner));
    bytes(writer, 12, valueInfo(inner.outputs[0] ?? '', undefined));
  });
  return message((writer) => {
    text(writer, 1, name);
    bytes(writer, 6, graph);
    number(writer, 20, 5);
  });
}

function node({ op, inputs, outputs, name = '', domain = '', attributes = {}, nested }: NodeParts): Uint8Array {
  return message((writer) => {
    for (const input of inputs) text(writer, 1, input);
    for (const output of outputs) text(writer, 2, output);
    text(writer, 3, name);
    text(writer, 4, op);
    for (const [key, value] of Object.entries(attributes)) bytes(writer, 5, attribute(key, value));
    if (nested !== undefined) {
      const inner = { op, inputs, outputs, nested: { ...nested, depth: nested.depth - 1 } };
      const leaf = { op: 'Relu', inputs: ['x'], outputs };
      bytes(writer, 5, graphAttribute(nested.name, nested.depth > 0 ? inner : leaf));
    }
    text(writer, 7, domain);
  });
}

function tensor({ name, dims, raw, external, type = 1 }: TensorParts): Uint8Array {
  return message((writer) => {
    for (const size of dims) number(writer, 1, size);
    number(writer, 2, type);
    text(writer, 8, name);
    if (raw !== undefined) bytes(writer, 9, raw);
    for (const [key, value] of Object.entries(external ?? {})) {
      bytes(
        writer,
        13,
        message((entry) => {
          text(entry, 1, key);
          text(entry, 2, value);
        }),
      );
    }
    if (external !== undefined) number(writer, 14, 1);
  });
}

function valueInfo(name: string, shape: readonly (number | undefined)[] | undefined, elementType = 1): Uint8Array {
  const sizes = (writer: BinaryWriter) => {
    for (const size of shape ?? []) {
      bytes(
        writer,
        1,
        message((dimension) => (size === undefined ? text(dimension, 2, 'n') : number(dimension, 1, size))),
      );
    }
  };
  const type = message((writer) => {
    number(writer, 1, elementType);
    bytes(writer, 2, message(sizes));
  });
  return message((writer) => {
    text(writer, 1, name);
    bytes(
      writer,
      2,
      message((typed) => bytes(typed, 1, type)),
    );
  });
}

/** The bytes of an .onnx file: the photo is `x`, the answer `y`. */
export function buildOnnxFile(parts: OnnxParts): Uint8Array {
  const { nodes, tensors = [], functions = [], input = [1, 3, 8, 8], output = 'y', irVersion = 8, opset = 18 } = parts;
  const graph = message((writer) => {
    for (const one of nodes) bytes(writer, 1, node(one));
    for (const one of tensors) bytes(writer, 5, tensor(one));
    bytes(writer, 11, valueInfo('x', input, parts.inputType));
    bytes(writer, 12, valueInfo(output, undefined));
  });
  return message((writer) => {
    number(writer, 1, irVersion);
    bytes(
      writer,
      8,
      message((entry) => number(entry, 2, opset)),
    );
    bytes(writer, 7, graph);
    for (const { name, calls } of functions) {
      bytes(
        writer,
        25,
        message((own) => {
          text(own, 1, name);
          text(own, 4, 'a');
          text(own, 5, 'b');
          text(own, 10, 'own');
          for (let call = 0; call < calls; call++) {
            bytes(own, 7, node({ op: name, domain: 'own', inputs: ['a'], outputs: [call === 0 ? 'b' : `c${call}`] }));
          }
        }),
      );
    }
  });
}

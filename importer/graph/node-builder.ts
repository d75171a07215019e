import type { Attribute, ConstantNode, DataType, GraphNode, Shape, Values, Window } from './node.ts';
import { countValues, requireReasonableShape } from './shape.ts';

export interface NodeParts {
  readonly shape: Shape;
  readonly dtype?: DataType;
  readonly attributes?: Readonly<Record<string, Attribute>>;
  readonly window?: Window;
}

/** How much may be made of one file: a small one must not come to a graph that no machine holds. */
export interface GraphLimits {
  readonly nodes: number;
  /** Values of all constants together. */
  readonly values: number;
}

/** Makes nodes and names them after the layer that they come from. */
export class NodeBuilder {
  #place = 'model';
  #limits: GraphLimits = { nodes: Number.POSITIVE_INFINITY, values: Number.POSITIVE_INFINITY };
  #nodes = 0;
  #values = 0;

  /** From now on a RangeError is thrown where more is made. */
  limit(limits: GraphLimits): void {
    this.#limits = limits;
  }

  /** Nodes made by `build` belong to the layer `place` (`outer/inner`) and take their names from it. */
  within<Result>(place: string, build: () => Result): Result {
    const outer = this.#place;
    this.#place = place;
    try {
      return build();
    } finally {
      this.#place = outer;
    }
  }

  get place(): string {
    return this.#place;
  }

  /** The picture that the model is given. */
  input(name: string, shape: Shape, dtype: DataType = 'float32'): GraphNode {
    requireReasonableShape(shape);
    return { name, op: 'Placeholder', inputs: [], shape, dtype, attributes: {}, place: name };
  }

  /** Any operation by its TensorFlow name; its inputs, shape and attributes are the caller's to get right. */
  node(op: string, inputs: readonly GraphNode[], parts: NodeParts): GraphNode {
    const { shape, dtype = inputs[0]?.dtype ?? 'float32', attributes = {}, window } = parts;
    requireReasonableShape(shape);
    if (++this.#nodes > this.#limits.nodes)
      throw new RangeError(`it comes to more than ${this.#limits.nodes} operations`);
    const place = this.#place;
    return { name: `${place}/${op}`, op, inputs, shape, dtype, attributes, place, ...(window && { window }) };
  }

  /** Values that belong to the model, such as a kernel; `name` is appended to the layer's. */
  constant(name: string, values: Values, shape: Shape): ConstantNode {
    if (values.length !== countValues(shape)) {
      throw new RangeError(`The ${values.length} values of ${name} do not fill the shape [${shape}].`);
    }
    const dtype = values instanceof Int32Array ? 'int32' : 'float32';
    this.countValues(values.length);
    const place = this.#place;
    return { name: `${place}/${name}`, op: 'Const', inputs: [], shape, dtype, attributes: {}, values, place };
  }

  /** Of a constant that is made otherwise. */
  protected countValues(count: number): void {
    this.#values += count;
    if (this.#values > this.#limits.values) throw new RangeError('its constants come to more than a model holds');
  }

  scalar(value: number, name = 'value'): ConstantNode {
    return this.constant(name, Float32Array.of(value), []);
  }

  /** Whole numbers that an operation takes as an input: a shape, axes, a permutation. */
  integers(name: string, values: readonly number[], shape: Shape = [values.length]): ConstantNode {
    return this.constant(name, Int32Array.from(values), shape);
  }
}

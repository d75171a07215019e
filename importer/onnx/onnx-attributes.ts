import { OnnxTensor } from './onnx-tensor.ts';
import type { ProtoMessage } from './proto-message.ts';

/** Field numbers of AttributeProto. */
const nameField = 1;
const floatField = 2;
const integerField = 3;
const textField = 4;
const tensorField = 5;
const graphField = 6;
const floatsField = 7;
const integersField = 8;
const referenceField = 21;

/** The attributes of a node, each with the default that the operator gives it. */
export class OnnxAttributes {
  readonly #byName: ReadonlyMap<string, ProtoMessage>;

  constructor(byName: ReadonlyMap<string, ProtoMessage>) {
    this.#byName = byName;
  }

  static of(messages: readonly ProtoMessage[]): OnnxAttributes {
    return new OnnxAttributes(new Map(messages.map((message) => [message.text(nameField), message])));
  }

  has(name: string): boolean {
    return this.#byName.has(name);
  }

  integer(name: string, otherwise: number): number {
    return this.#byName.get(name)?.integer(integerField) ?? otherwise;
  }

  float(name: string, otherwise: number): number {
    return this.#byName.get(name)?.float(floatField) ?? otherwise;
  }

  text(name: string, otherwise: string): string {
    return this.#byName.get(name)?.text(textField) ?? otherwise;
  }

  /** Undefined where the attribute is left out. */
  integers(name: string): number[] | undefined {
    return this.#byName.get(name)?.integers(integersField);
  }

  floats(name: string): number[] | undefined {
    return this.#byName.get(name)?.floats(floatsField);
  }

  tensor(name: string): OnnxTensor | undefined {
    const message = this.#byName.get(name)?.message(tensorField);
    return message && new OnnxTensor(message);
  }

  graph(name: string): ProtoMessage | undefined {
    return this.#byName.get(name)?.message(graphField);
  }

  /** Every graph that is an attribute: the branches of an If, the body of a Loop. */
  graphs(): ProtoMessage[] {
    return [...this.#byName.values()].flatMap((message) => message.message(graphField) ?? []);
  }

  /** The attributes of a node within a function, where some stand for those of the call. */
  resolve(call: OnnxAttributes, defaults: OnnxAttributes): OnnxAttributes {
    const resolved = [...this.#byName].flatMap(([name, message]) => {
      const reference = message.has(referenceField) ? message.text(referenceField) : undefined;
      const value =
        reference === undefined ? message : (call.#byName.get(reference) ?? defaults.#byName.get(reference));
      return value === undefined ? [] : [[name, value] as const];
    });
    return new OnnxAttributes(new Map(resolved));
  }
}

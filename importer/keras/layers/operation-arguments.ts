import { isJsonObject, type JsonObject } from '../../../facts/json-object.ts';
import type { ConstantNode, GraphNode } from '../../graph/node.ts';
import type { CallValue, LayerContext } from './layer-context.ts';

/** The arguments of a recorded function call, by position or name, or from the configuration of Keras's operation. */
export class OperationArguments {
  readonly #context: LayerContext;

  constructor(context: LayerContext) {
    this.#context = context;
  }

  /** A tensor, or a number or array as a constant. */
  tensor(position: number, ...names: readonly string[]): GraphNode {
    const found = this.optionalTensor(position, ...names);
    if (found === undefined) throw this.#context.config.error(`its argument ${names[0]} is missing`);
    return found;
  }

  optionalTensor(position: number, ...names: readonly string[]): GraphNode | undefined {
    const value = this.#find(position, names);
    if (value === undefined) return undefined;
    if (isNode(value)) return value;
    const plain = plainValue(value);
    return plain === undefined || plain === null ? undefined : this.#constant(plain, names[0] ?? 'value');
  }

  /** The tensors of a list. */
  tensors(position: number, ...names: readonly string[]): GraphNode[] {
    const value = this.#find(position, names);
    const items = Array.isArray(value) ? (value as readonly CallValue[]) : value === undefined ? [] : [value];
    return items.map((item) => (isNode(item) ? item : this.#constant(plainValue(item), names[0] ?? 'value')));
  }

  /** JSON: numbers, texts, lists, or undefined where it is missing or None. */
  value(position: number, ...names: readonly string[]): unknown {
    const found = this.#find(position, names);
    if (found !== undefined && !isNode(found)) return plainValue(found) ?? undefined;
    if (found !== undefined) throw this.#context.config.error(`its argument ${names[0]} is a tensor`);
    return undefined;
  }

  number(position: number, name: string, fallback: number): number {
    const value = this.value(position, name) ?? fallback;
    if (typeof value !== 'number') throw this.#context.config.error(`its ${name} is ${JSON.stringify(value)}`);
    return value;
  }

  boolean(position: number, name: string, fallback: boolean): boolean {
    return (this.value(position, name) ?? fallback) === true;
  }

  /** A list of whole numbers, or one for a list of one; undefined where it is None. */
  integers(position: number, ...names: readonly string[]): number[] | undefined {
    const value = this.value(position, ...names);
    if (value === undefined) return undefined;
    const list: unknown[] = Array.isArray(value) ? value : [value];
    if (list.every((item): item is number => Number.isInteger(item))) return list;
    throw this.#context.config.error(`its ${names[0]} is ${JSON.stringify(value)}`);
  }

  /** All that are given by name and are no tensors, for a function that reads them itself. */
  plainValues(): JsonObject {
    const { named, config } = this.#context;
    const given = Object.entries(named).filter(([, value]) => !isNode(value));
    return { ...config.values, ...Object.fromEntries(given.map(([name, value]) => [name, plainValue(value)])) };
  }

  #find(position: number, names: readonly string[]): CallValue | undefined {
    const { positional, named, config } = this.#context;
    const call = positional[position] ?? names.map((name) => named[name]).find((value) => value !== undefined);
    if (call !== undefined) return call;
    const value = names.map((name) => config.values[name]).find((candidate) => candidate !== undefined);
    return value === undefined ? undefined : { value };
  }

  #constant(value: unknown, name: string): ConstantNode {
    const { builder, config } = this.#context;
    const array = isJsonObject(value) && isJsonObject(value.config) ? value.config.value : value;
    const shape: number[] = [];
    for (let level = array; Array.isArray(level); level = level[0]) shape.push(level.length);
    const numbers = [array].flat(Number.POSITIVE_INFINITY) as unknown[];
    if (!numbers.every((item): item is number => typeof item === 'number')) {
      throw config.error(`its argument ${name} is ${JSON.stringify(value)?.slice(0, 80)}`);
    }
    return builder.constant(name, Float32Array.from(numbers), shape);
  }
}

function isNode(value: CallValue): value is GraphNode {
  return !Array.isArray(value) && 'op' in value;
}

const arrayClasses: readonly unknown[] = ['__numpy__', '__tensor__'];

/** Keras writes an array of numpy's or a backend's as an object around its list. */
function unwrapArray(value: unknown): unknown {
  const isArray = isJsonObject(value) && arrayClasses.includes(value.class_name) && isJsonObject(value.config);
  return isArray ? (value.config as JsonObject).value : value;
}

/** A list of plain values as one plain value. */
function plainValue(value: CallValue): unknown {
  if (Array.isArray(value)) return (value as readonly CallValue[]).map(plainValue);
  return 'value' in value && !('op' in value) ? unwrapArray(value.value) : value;
}

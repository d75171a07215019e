import { ImportError } from '../import-error.ts';
import type {
  CallArgument,
  LayerCall,
  LayerDescription,
  ModelDescription,
  TensorReference,
} from './model-description.ts';

export interface OrderedCall {
  readonly layer: LayerDescription;
  /** Which of the layer's calls. */
  readonly index: number;
}

/** The calls of a functional model, each after those whose results it takes (Kahn's algorithm). */
export function orderCalls(
  model: ModelDescription,
  normalise: (reference: TensorReference) => TensorReference,
): OrderedCall[] {
  const inputs = new Set(model.inputs.map((reference) => reference.layer));
  const pending = new Map<string, OrderedCall>();
  for (const layer of model.layers) {
    if (inputs.has(layer.name)) continue;
    layer.calls.forEach((_, index) => {
      pending.set(keyOf(layer.name, index), { layer, index });
    });
  }
  const waiting = new Map<string, string[]>();
  const missing = new Map<string, number>();
  for (const [key, { layer, index }] of pending) {
    const needed = new Set(
      referencesOf(layer.calls[index])
        .map(normalise)
        .map(({ layer: name, call }) => keyOf(name, call)),
    );
    const open = [...needed].filter((other) => pending.has(other));
    missing.set(key, open.length);
    for (const other of open) {
      const list = waiting.get(other) ?? [];
      list.push(key);
      waiting.set(other, list);
    }
  }
  const ready = [...pending.keys()].filter((key) => missing.get(key) === 0);
  const ordered: OrderedCall[] = [];
  for (let key = ready.shift(); key !== undefined; key = ready.shift()) {
    ordered.push(pending.get(key) as OrderedCall);
    for (const next of waiting.get(key) ?? []) {
      const left = (missing.get(next) ?? 0) - 1;
      missing.set(next, left);
      if (left === 0) ready.push(next);
    }
  }
  if (ordered.length < pending.size) {
    throw new ImportError(`The layers of the model "${model.name}" form a loop.`, 'Save the model again.');
  }
  return ordered;
}

function keyOf(layer: string, call: number): string {
  return `${call} ${layer}`;
}

function referencesOf(call: LayerCall | undefined): TensorReference[] {
  const collect = (argument: CallArgument): TensorReference[] => {
    if (argument.kind === 'tensor') return [argument.reference];
    return argument.kind === 'list' ? argument.items.flatMap(collect) : [];
  };
  return call ? [...call.positional, ...Object.values(call.named)].flatMap(collect) : [];
}

export interface CallNumbering {
  /** A reference in an argument, with its call counted from 0. */
  readonly argument: (reference: TensorReference) => TensorReference;
  /** The same for one of the model's outputs. */
  readonly output: (reference: TensorReference) => TensorReference;
}

/**
 * Keras counts the building of a nested functional model as its call 0 in outputs, and before Keras 3 in arguments too,
 * though the file lists the other calls only.
 */
export function callNumbering(model: ModelDescription): CallNumbering {
  const layers = new Map(model.layers.map((layer) => [layer.name, layer]));
  const counted = new Set<string>();
  for (const { layer, call } of model.layers.flatMap(({ calls }) => calls.flatMap(referencesOf))) {
    if (call >= Math.max(1, layers.get(layer)?.calls.length ?? 1)) counted.add(layer);
  }
  const previous = (reference: TensorReference) => ({ ...reference, call: Math.max(0, reference.call - 1) });
  return {
    argument: (reference) => (counted.has(reference.layer) ? previous(reference) : reference),
    output: (reference) => {
      const layer = layers.get(reference.layer);
      const isCounted = layer?.model?.kind === 'functional' || reference.call >= (layer?.calls.length ?? 0);
      return isCounted ? previous(reference) : reference;
    },
  };
}

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

/** The calls that these results need, each after those whose results it takes; iterative, for models of any depth. */
export function orderCalls(
  model: ModelDescription,
  wanted: readonly TensorReference[],
  normalise: (reference: TensorReference) => TensorReference,
): OrderedCall[] {
  const inputs = new Set(model.inputs.map((reference) => reference.layer));
  const layers = new Map(model.layers.map((layer) => [layer.name, layer]));
  const ordered: OrderedCall[] = [];
  const state = new Map<string, 'open' | 'done'>();
  const stack = [...wanted].reverse();
  for (let reference = stack.at(-1); reference !== undefined; reference = stack.at(-1)) {
    const layer = layers.get(reference.layer);
    const call = layer?.calls[reference.call];
    const key = `${reference.call} ${reference.layer}`;
    if (layer === undefined || call === undefined || inputs.has(layer.name) || state.get(key) === 'done') {
      stack.pop();
    } else if (state.get(key) === 'open') {
      stack.pop();
      ordered.push({ layer, index: reference.call });
      state.set(key, 'done');
    } else {
      state.set(key, 'open');
      for (const needed of referencesOf(call).map(normalise).reverse()) {
        if (state.get(`${needed.call} ${needed.layer}`) === 'open') throw loop(model);
        stack.push(needed);
      }
    }
  }
  return ordered;
}

function loop({ name }: ModelDescription): ImportError {
  return new ImportError(`The layers of the model "${name}" form a loop.`, 'Save the model again.');
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

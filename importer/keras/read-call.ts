import { isJsonObject, type JsonObject } from '../../facts/json-object.ts';
import { ImportError } from '../import-error.ts';
import type { CallArgument, LayerCall, TensorReference } from './model-description.ts';

/**
 * Reads one entry of `inbound_nodes`. Keras 3 writes `{"args", "kwargs"}` with tensors as objects; before, it was a list
 * of `["layer", call, tensor, {named arguments}]`, the named ones of the first tensor counting.
 */
export function readCall(json: unknown, layer: string): LayerCall {
  if (isJsonObject(json)) {
    const byName = readDictionary(json, readOldArgument);
    if (byName) return { positional: [byName], named: {} };
    const positional = Array.isArray(json.args) ? json.args.map(readArgument) : [];
    return { positional, named: readNamed(isJsonObject(json.kwargs) ? json.kwargs : {}, readArgument) };
  }
  if (!Array.isArray(json)) {
    throw new ImportError(`The file does not say what the layer "${layer}" is applied to.`, 'Save the model again.');
  }
  // A call on one tensor may be that tensor's entry itself rather than a list of one.
  const entries: unknown[] = typeof json[0] === 'string' ? [json] : json;
  const tensors = entries.map((entry) => readOldTensor(entry) ?? { kind: 'value' as const, value: entry });
  const [first] = entries;
  const named = Array.isArray(first) && isJsonObject(first[3]) ? readNamed(first[3], readOldArgument) : {};
  const [only, ...others] = tensors;
  const positional = only !== undefined && others.length === 0 ? [only] : [{ kind: 'list' as const, items: tensors }];
  return { positional, named };
}

function readNamed(json: JsonObject, read: (value: unknown) => CallArgument): Record<string, CallArgument> {
  return Object.fromEntries(Object.entries(json).map(([name, value]) => [name, read(value)]));
}

function readArgument(json: unknown): CallArgument {
  if (Array.isArray(json)) return { kind: 'list', items: json.map(readArgument) };
  if (!isJsonObject(json) || json.class_name !== '__keras_tensor__' || !isJsonObject(json.config)) {
    // Tuples are marked where JSON would make lists of them.
    if (isJsonObject(json) && json.class_name === '__tuple__' && Array.isArray(json.items))
      return readArgument(json.items);
    const inside = isJsonObject(json) && json.class_name === undefined ? readDictionary(json, readArgument) : undefined;
    if (inside) return inside;
    return { kind: 'value', value: json };
  }
  const reference = readReference(json.config.keras_history);
  return reference ? { kind: 'tensor', reference } : { kind: 'value', value: json };
}

/** Tensors by names, as a model of several inputs may be given them; Keras puts them in the order of their names. */
function readDictionary(json: JsonObject, read: (value: unknown) => CallArgument): CallArgument | undefined {
  const items = Object.keys(json)
    .sort()
    .map((name) => read(json[name]));
  return items.length > 0 && items.every(({ kind }) => kind === 'tensor') ? { kind: 'list', items } : undefined;
}

function readOldArgument(json: unknown): CallArgument {
  const tensor = readOldTensor(json);
  if (tensor) return tensor;
  return Array.isArray(json) ? { kind: 'list', items: json.map(readOldArgument) } : { kind: 'value', value: json };
}

/** A constant in the place of a tensor is marked by a layer's name that no layer has. */
const constantMark = '_CONSTANT_VALUE';

function readOldTensor(json: unknown): CallArgument | undefined {
  if (Array.isArray(json) && json[0] === constantMark) return { kind: 'value', value: json[2] };
  const reference = readReference(json);
  return reference ? { kind: 'tensor', reference } : undefined;
}

function readReference(json: unknown): TensorReference | undefined {
  if (!Array.isArray(json) || json.length < 3) return undefined;
  const [layer, call, tensor] = json as unknown[];
  const isReference = typeof layer === 'string' && Number.isInteger(call) && Number.isInteger(tensor);
  return isReference ? { layer, call: call as number, tensor: tensor as number } : undefined;
}

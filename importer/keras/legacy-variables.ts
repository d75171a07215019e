import type { Dataset, Hdf5Group } from '../container/hdf5-file.ts';
import { ImportError } from '../import-error.ts';
import type { VariableStore } from './layer-variables.ts';
import type { LayerDescription, ModelDescription } from './model-description.ts';

/** A variable and its name in parts: `block1/conv/kernel:0` is block1, conv, kernel. */
interface NamedVariable {
  readonly path: readonly string[];
  readonly dataset: Dataset;
}

/** Keras names the layers inside an attention layer otherwise than its attributes. */
const partNames: ReadonlyMap<string, string> = new Map([
  ['query_dense', 'query'],
  ['key_dense', 'key'],
  ['value_dense', 'value'],
  ['output_dense', 'attention_output'],
]);

/**
 * Finds the variables of every layer in a legacy `.h5`: `model_weights/<layer>` lists the names of its variables in
 * order. Those of a model inside are one list, the trainable ones of all its layers first, so there each variable is
 * given to the layer that its name tells. Throws an {@link ImportError} where that is no layer of the model.
 */
export function locateLegacyVariables(model: ModelDescription, root: Hdf5Group): Map<LayerDescription, VariableStore> {
  const weights = root.group('model_weights') ?? root;
  const stores = new Map<LayerDescription, VariableStore>();
  for (const layer of model.layers) {
    const group = findGroup(weights, layer.name.split('/'));
    const variables = group ? readVariables(group) : [];
    if (layer.model === undefined) stores.set(layer, toStore(variables));
    else for (const [inner, store] of distribute(layer.model, variables)) stores.set(inner, store);
  }
  return stores;
}

function readVariables(group: Hdf5Group): NamedVariable[] {
  return readNames(group).map((name) => {
    const path = name.split('/').filter((part) => part !== '');
    const dataset = findGroup(group, path.slice(0, -1))?.dataset(path.at(-1) ?? '');
    if (dataset === undefined) throw damaged(`${group.path}/${name} is listed in the file but missing from it`);
    return { path: path.map((part) => part.replace(/:\d+$/, '')), dataset };
  });
}

/** A layer's name may hold slashes, as those of MobileNetV3 do, and is then a path of groups. */
function findGroup(group: Hdf5Group, path: readonly string[]): Hdf5Group | undefined {
  return path.reduce<Hdf5Group | undefined>((inner, part) => inner?.group(part), group);
}

/** HDF5 holds 64 kB an attribute, so that a long list is cut into `weight_names0`, `weight_names1` and so on. */
function readNames(group: Hdf5Group): string[] {
  const whole = group.attribute('weight_names');
  if (whole !== undefined) return [whole].flat();
  const names: string[] = [];
  for (let at = 0; ; at++) {
    const part = group.attribute(`weight_names${at}`);
    if (part === undefined) return names;
    names.push(...[part].flat());
  }
}

function distribute(
  model: ModelDescription,
  variables: readonly NamedVariable[],
): Map<LayerDescription, VariableStore> {
  const leaves = listLeaves(model, []);
  const assigned = new Map<LayerDescription, NamedVariable[]>(leaves.map(({ layer }) => [layer, []]));
  for (const variable of variables) {
    const owner = findOwner(leaves, variable);
    if (owner === undefined) throw damaged(`no layer of the model "${model.name}" owns ${variable.path.join('/')}`);
    assigned.get(owner)?.push(variable);
  }
  return new Map([...assigned].map(([layer, own]) => [layer, toStore(own)]));
}

interface Leaf {
  readonly layer: LayerDescription;
  /** The names of the models around it, outermost first. */
  readonly parents: readonly string[];
}

function listLeaves(model: ModelDescription, parents: readonly string[]): Leaf[] {
  return model.layers.flatMap((layer) =>
    layer.model ? listLeaves(layer.model, [...parents, layer.name]) : [{ layer, parents }],
  );
}

/** The layer whose name is in the variable's path; of several, the one with the most of its parents in it too. */
function findOwner(leaves: readonly Leaf[], { path }: NamedVariable): LayerDescription | undefined {
  const scopes = path.slice(0, -1);
  // The graph mode of TensorFlow 1 numbered names that it had met before: conv_1 belongs to the layer conv.
  const plain = scopes.map((scope) => scope.replace(/_\d+$/, ''));
  for (const names of [scopes, plain]) {
    // A name of several parts is found as such, the longest first: block/conv is not the layer block.
    const whole = `/${names.join('/')}/`;
    const holds = (name: string) => whole.includes(`/${name}/`);
    const matches = leaves.filter(({ layer }) => holds(layer.name));
    const depth = ({ parents }: Leaf) => parents.filter(holds).length;
    const length = ({ layer }: Leaf) => layer.name.split('/').length;
    const best = matches.sort((a, b) => length(b) - length(a) || depth(b) - depth(a))[0];
    if (best !== undefined) return best.layer;
  }
  return undefined;
}

function toStore(variables: readonly NamedVariable[]): VariableStore {
  const own = variables.map(({ dataset }) => dataset);
  return {
    own,
    all: own,
    child: (name) => {
      const part = partNames.get(name) ?? name;
      const inner = variables.filter(({ path }) => path.slice(0, -1).includes(part));
      return inner.length > 0 ? toStore(inner) : undefined;
    },
  };
}

function damaged(what: string): ImportError {
  return new ImportError(
    `The weights of the file do not fit its layers: ${what}.`,
    'Save the model again, as model.save("model.keras").',
  );
}

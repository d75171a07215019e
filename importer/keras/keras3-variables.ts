import type { Dataset, Hdf5Group } from '../container/hdf5-file.ts';
import { isOperation } from './layer-class.ts';
import type { VariableStore } from './layer-variables.ts';
import type { LayerDescription, ModelDescription } from './model-description.ts';

/**
 * Finds the variables of every layer in the `model.weights.h5` of a `.keras` file. They lie under
 * `layers/<class in snake case>[_n]/vars/<index>`, n counting the layers of that class in the model's order; the layers
 * of a model inside lie under its own `layers`. A layer that was met before, in another model, is stored there only.
 *
 * Keras: `_save_state` and `_save_container_state` of src/saving/saving_lib.py.
 */
export function locateKeras3Variables(model: ModelDescription, root: Hdf5Group): Map<LayerDescription, VariableStore> {
  const stores = collectStores(model, root);
  const filled = new Map<string, VariableStore>();
  for (const [layer, store] of stores) if (store.own.length > 0) filled.set(identityOf(layer), store);
  for (const [layer, store] of stores) {
    if (store.own.length === 0) stores.set(layer, filled.get(identityOf(layer)) ?? store);
  }
  return stores;
}

/** Two descriptions of one shared layer agree in this; the numbers of shared objects inside their configs differ. */
function identityOf({ name, className }: LayerDescription): string {
  return `${className} ${name}`;
}

function collectStores(model: ModelDescription, root: Hdf5Group): Map<LayerDescription, VariableStore> {
  const stores = new Map<LayerDescription, VariableStore>();
  const containers = containerGroups(root);
  const used = new Map<string, number>();
  model.layers.forEach((layer, index) => {
    if (isOperation(layer)) return;
    // A sequential model hides its input layer, so that the container does not count it.
    if (model.kind === 'sequential' && index === 0 && layer.className === 'InputLayer') return;
    const base = toSnakeCase(layer.className);
    const count = used.get(base) ?? 0;
    used.set(base, count + 1);
    const group = containers.map((container) => container.group(count === 0 ? base : `${base}_${count}`)).find(Boolean);
    stores.set(layer, toStore(group));
    if (layer.model === undefined || group === undefined) return;
    for (const [inner, store] of collectStores(layer.model, group)) stores.set(inner, store);
  });
  return stores;
}

/** tf.keras 2.12 named the container after the private attribute. */
function containerGroups(root: Hdf5Group): Hdf5Group[] {
  const found = ['layers', '_layer_checkpoint_dependencies'].map((name) => root.group(name));
  return found.filter((group) => group !== undefined);
}

function toStore(group: Hdf5Group | undefined): VariableStore {
  const own = group ? numberedDatasets(group.group('vars')) : [];
  return {
    own,
    get all() {
      const parts = (group?.keys ?? []).filter((key) => key !== 'vars').map((key) => group?.group(key));
      return [...own, ...parts.flatMap((part) => (part ? toStore(part).all : []))];
    },
    child: (name) => {
      // tf.keras 2 wrote the private attribute's name.
      const inner = group?.group(name) ?? group?.group(`_${name}`);
      return inner && toStore(inner);
    },
  };
}

function numberedDatasets(vars: Hdf5Group | undefined): Dataset[] {
  const indices = (vars?.keys ?? []).filter((key) => /^\d+$/.test(key)).map(Number);
  return indices
    .sort((a, b) => a - b)
    .map((index) => vars?.dataset(String(index)))
    .filter((dataset) => dataset !== undefined);
}

/** As Keras's `naming.to_snake_case`: Conv2D is conv2d, ReLU is re_lu, BatchNormalization is batch_normalization. */
export function toSnakeCase(className: string): string {
  return className
    .replace(/\W+/g, '')
    .replace(/(.)([A-Z][a-z]+)/g, '$1_$2')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase();
}

import type { Dataset } from '../container/hdf5-file.ts';
import type { GraphBuilder } from '../graph/graph-builder.ts';
import type { ConstantNode, Shape } from '../graph/node.ts';
import { ImportError } from '../import-error.ts';

/** The variables of one layer in the order in which Keras made them. */
export interface VariableStore {
  readonly own: readonly Dataset[];
  /** Those of layers inside the layer too. */
  readonly all: readonly Dataset[];
  /** Of a layer inside the layer, such as the dense layers of an attention layer; by the name of Keras's attribute. */
  child(name: string): VariableStore | undefined;
}

/** Hands out a layer's variables one after the other; a layer that is used twice gets the same constants again. */
export class LayerVariables {
  readonly place: string;
  readonly #store: VariableStore;
  readonly #isOneRow: boolean;
  readonly #constants = new Map<number, ConstantNode>();
  #next = 0;

  constructor(store: VariableStore, place: string, isOneRow = false) {
    this.#store = store;
    this.#isOneRow = isOneRow;
    this.place = place;
  }

  /** Begins again at the first variable, for the next use of the layer. */
  rewind(): void {
    this.#next = 0;
  }

  get count(): number {
    return this.#store.own.length;
  }

  /** The next variable, which must have this shape. */
  take(builder: GraphBuilder, name: string, shape: Shape): ConstantNode {
    const index = this.#next++;
    const known = this.#constants.get(index);
    if (known) return known;
    const dataset = this.#store.own[index];
    if (dataset === undefined) throw this.#misfit(`its ${name} is missing from the file's weights`);
    const wanted = this.#isOneRow && shape.length === 4 ? shape.slice(1) : shape;
    const fits = dataset.shape.length === wanted.length && dataset.shape.every((size, axis) => size === wanted[axis]);
    if (!fits) throw this.#misfit(`its ${name} is [${dataset.shape}] in the file where the layer needs [${wanted}]`);
    const constant = builder.constant(name, dataset.read(), shape);
    this.#constants.set(index, constant);
    return constant;
  }

  /** The variables of a layer inside this layer. */
  child(name: string): LayerVariables {
    const store = this.#store.child(name);
    if (store === undefined) throw this.#misfit(`the weights of its ${name} are missing from the file`);
    return new LayerVariables(store, `${this.place}/${name}`);
  }

  /** Of a layer inside; a legacy file lists them as the outer layer's own, before all others. */
  childOrSelf(name: string): LayerVariables {
    const store = this.#store.child(name);
    return store === undefined ? this : new LayerVariables(store, this.place);
  }

  /** The same, for kernels of one dimension that are taken as those of pictures of one row. */
  inOneRow(): LayerVariables {
    return new LayerVariables(this.#store, this.place, true);
  }

  #misfit(what: string): ImportError {
    return new ImportError(
      `The weights of the layer "${this.place}" cannot be read: ${what}.`,
      'Save the whole model, not only its weights, and copy the file whole.',
    );
  }
}

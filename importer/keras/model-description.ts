import type { JsonObject } from '../../facts/json-object.ts';

/** One tensor that a layer puts out: which layer, at which of its calls, which of the results. */
export interface TensorReference {
  readonly layer: string;
  readonly call: number;
  readonly tensor: number;
}

export type CallArgument =
  | { readonly kind: 'tensor'; readonly reference: TensorReference }
  | { readonly kind: 'list'; readonly items: readonly CallArgument[] }
  | { readonly kind: 'value'; readonly value: unknown };

/** One use of a layer; a shared layer has several. */
export interface LayerCall {
  readonly positional: readonly CallArgument[];
  readonly named: Readonly<Record<string, CallArgument>>;
}

export interface LayerDescription {
  readonly name: string;
  readonly className: string;
  /** Where Python finds the class, such as `keras.layers`; old files do not say. */
  readonly module: string | undefined;
  /** Whether the class is somebody's own, whatever Keras calls by the same name. */
  readonly isCustom: boolean;
  readonly config: JsonObject;
  readonly calls: readonly LayerCall[];
  /** Of a layer that is a model itself. */
  readonly model: ModelDescription | undefined;
}

/** A functional or sequential model as its file tells it, whatever version of Keras wrote it. */
export interface ModelDescription {
  readonly name: string;
  readonly className: string;
  readonly kind: 'functional' | 'sequential';
  /** In the file's order, by which variables are numbered. */
  readonly layers: readonly LayerDescription[];
  readonly inputs: readonly TensorReference[];
  readonly outputs: readonly TensorReference[];
  /** What a sequential model without an input layer was built for. */
  readonly builtFor: unknown;
}

import type { LayerDescription } from './model-description.ts';

/** Whether this is a call of `keras.ops` that Keras recorded, not a layer; its class lies under `keras.src.ops`. */
export function isOperation(layer: LayerDescription): boolean {
  return layer.module !== undefined && /^keras\.(src\.)?ops(\.|$)/.test(layer.module);
}

import type { LayerDescription } from './model-description.ts';

/**
 * Whether this is a call of `keras.ops` that Keras recorded, not a layer. Its class lies under `keras.src.ops`; a legacy
 * `.h5` names no module, but every layer says there whether it is trainable or what its type is.
 */
export function isOperation({ module, config }: LayerDescription): boolean {
  if (module !== undefined) return /^keras\.(src\.)?ops(\.|$)/.test(module);
  return !('trainable' in config) && !('dtype' in config) && !('batch_input_shape' in config);
}

import type { LayerDescription } from './model-description.ts';

/**
 * Whether this is a call of `keras.ops` that Keras recorded, not a layer. Its class lies under `keras.src.ops`; a legacy
 * `.h5` names no module, but every layer says there whether it is trainable, and an input layer what its shape is.
 */
export function isOperation({ module, config, isCustom }: LayerDescription): boolean {
  if (isCustom) return false;
  if (module !== undefined) return /^keras\.(src\.)?ops(\.|$)/.test(module);
  const isLayer = 'trainable' in config || 'batch_shape' in config || 'batch_input_shape' in config;
  return !isLayer && !Array.isArray(config.layers);
}

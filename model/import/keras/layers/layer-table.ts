import { convolutionLayers } from './convolution.ts';
import { elementwiseLayers } from './elementwise.ts';
import { identityLayers } from './identity.ts';
import type { LayerConverter } from './layer-context.ts';
import { mergingLayers } from './merging.ts';
import { normalizationLayers } from './normalization.ts';
import { poolingLayers } from './pooling.ts';
import { shapingLayers } from './shaping.ts';

/** Every layer that can be imported, by its class. A new layer is one more entry in one of these tables. */
const layerConverters: ReadonlyMap<string, LayerConverter> = new Map(
  [
    convolutionLayers,
    elementwiseLayers,
    identityLayers,
    mergingLayers,
    normalizationLayers,
    poolingLayers,
    shapingLayers,
  ].flatMap((table) => Object.entries(table)),
);

/** By class, with or without the package that it was registered under (`Custom>LayerScale`). */
export function findLayerConverter(className: string): LayerConverter | undefined {
  return layerConverters.get(className.replace(/^.*>/, ''));
}

import { attentionLayers } from './attention.ts';
import { convolutionLayers } from './convolution.ts';
import { einsumLayers } from './einsum.ts';
import { elementwiseLayers } from './elementwise.ts';
import { identityLayers } from './identity.ts';
import type { LayerConverter } from './layer-context.ts';
import { mergingLayers } from './merging.ts';
import { normalizationLayers } from './normalization.ts';
import { oneDimensionalLayers } from './one-dimensional.ts';
import { operations } from './operations.ts';
import { poolingLayers } from './pooling.ts';
import { resizingLayers } from './resizing.ts';
import { shapingLayers } from './shaping.ts';
import { transposedConvolutionLayers } from './transposed-convolution.ts';
import { wrapperLayers } from './wrappers.ts';

/** Every layer that can be imported, by its class. A new layer is one more entry in one of these tables. */
const layerConverters: ReadonlyMap<string, LayerConverter> = new Map(
  [
    attentionLayers,
    convolutionLayers,
    einsumLayers,
    resizingLayers,
    transposedConvolutionLayers,
    elementwiseLayers,
    identityLayers,
    mergingLayers,
    normalizationLayers,
    oneDimensionalLayers,
    poolingLayers,
    shapingLayers,
    wrapperLayers(findLayerConverter),
  ].flatMap((table) => Object.entries(table)),
);

/** By class, with or without the package that it was registered under (`Custom>LayerScale`). */
export function findLayerConverter(className: string): LayerConverter | undefined {
  return layerConverters.get(className.replace(/^.*>/, ''));
}

/** A recorded call of `keras.ops`, by its class. */
export function findOperationConverter(className: string): LayerConverter | undefined {
  return Object.hasOwn(operations, className) ? operations[className] : undefined;
}

import { countValues } from '../graph/shape.ts';
import type { LayerReport } from '../model-reader.ts';
import { describeProblem } from './convert-layer.ts';
import type { VariableStore } from './layer-variables.ts';
import type { LayerDescription, ModelDescription } from './model-description.ts';

/** Every layer of a model and of the models inside it, with what it weighs and whether its class is known. */
export function listLayers(
  model: ModelDescription,
  variables: ReadonlyMap<LayerDescription, VariableStore>,
  place = '',
): LayerReport[] {
  return model.layers.flatMap((layer) => {
    const inner = place === '' ? layer.name : `${place}/${layer.name}`;
    if (layer.model) return listLayers(layer.model, variables, inner);
    if (layer.className === 'InputLayer') return [];
    const problem = describeProblem(layer);
    const parameters = countParameters(variables.get(layer));
    return [{ place: inner, className: layer.className, parameters, ...(problem !== undefined && { problem }) }];
  });
}

function countParameters(store: VariableStore | undefined): number {
  return store?.all.reduce((sum, dataset) => sum + countValues(dataset.shape), 0) ?? 0;
}

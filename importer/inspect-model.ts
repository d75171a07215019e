import { multiplicationsOf } from './graph/count-multiplications.ts';
import { encodedSizeInBytes, type WeightFormat, weightFormats } from './graph/encode-weights.ts';
import { orderNodes } from './graph/graph-order.ts';
import { isConstant } from './graph/node.ts';
import { ImportError } from './import-error.ts';
import { type ImportedModel, type ImportModelOptions, importModel } from './import-model.ts';
import type { LayerReport } from './model-reader.ts';

export interface LayerInspection extends LayerReport {
  /** `computed`: an operation of its own. `folded`: into others, or nothing to do at inference. */
  readonly fate: 'computed' | 'folded' | 'unsupported' | 'unknown';
  /** Multiplications for one photo; 0 where the layer is folded or cheap. */
  readonly multiplications: number;
}

export interface Inspection {
  readonly layers: readonly LayerInspection[];
  readonly parameters: number;
  readonly multiplications: number;
  /** How many operations are left of the layers. */
  readonly operations: number;
  /** weights.bin in each format. */
  readonly weightsInBytes: Readonly<Record<WeightFormat, number>> | undefined;
  /** Undefined where the model cannot be imported; `problem` says why then. */
  readonly model: ImportedModel | undefined;
  readonly problem: { readonly message: string; readonly hint: string } | undefined;
}

/**
 * What an import of the file would do, without writing anything. A model that cannot be imported is part of the answer;
 * a file that is no model at all is thrown as an {@link ImportError}.
 */
export async function inspectModel(file: string, options: ImportModelOptions): Promise<Inspection> {
  let listed: readonly LayerReport[] | undefined;
  try {
    const model = await importModel(file, {
      ...options,
      onLayers: (layers) => {
        listed = layers;
      },
    });
    return describeModel(model, listed ?? []);
  } catch (error) {
    if (!(error instanceof ImportError) || listed === undefined) throw error;
    return describeFailure(error, listed);
  }
}

function describeModel(model: ImportedModel, layers: readonly LayerReport[]): Inspection {
  const nodes = orderNodes(model.graph);
  const byPlace = new Map<string, number>();
  for (const node of nodes) {
    if (isConstant(node) || node === model.graph.input) continue;
    byPlace.set(node.place, (byPlace.get(node.place) ?? 0) + multiplicationsOf(node));
  }
  const inspected = layers.map((layer): LayerInspection => {
    const multiplications = byPlace.get(layer.place);
    return {
      ...layer,
      fate: multiplications === undefined ? 'folded' : 'computed',
      multiplications: multiplications ?? 0,
    };
  });
  const constants = nodes.filter(isConstant);
  const sizes = weightFormats.map((format) => {
    const bytes = constants.reduce((sum, constant) => sum + encodedSizeInBytes(constant, format), 0);
    return [format, bytes] as const;
  });
  return {
    ...totals(inspected),
    operations: nodes.length - constants.length - 1,
    weightsInBytes: Object.fromEntries(sizes) as Record<WeightFormat, number>,
    model,
    problem: undefined,
  };
}

function describeFailure({ message, hint }: ImportError, layers: readonly LayerReport[]): Inspection {
  const inspected = layers.map((layer): LayerInspection => {
    // What only the conversion found out is told by the error, which names the layer.
    const isAtFault = layer.problem !== undefined || message.includes(`"${layer.place}"`);
    return { ...layer, fate: isAtFault ? 'unsupported' : 'unknown', multiplications: 0 };
  });
  return {
    ...totals(inspected),
    operations: 0,
    weightsInBytes: undefined,
    model: undefined,
    problem: { message, hint },
  };
}

function totals(layers: readonly LayerInspection[]) {
  return {
    layers,
    parameters: layers.reduce((sum, { parameters }) => sum + parameters, 0),
    multiplications: layers.reduce((sum, { multiplications }) => sum + multiplications, 0),
  };
}

import { findHead, type Head } from './graph/find-head.ts';
import { nameOutputs } from './graph/name-outputs.ts';
import type { Graph } from './graph/node.ts';
import { optimiseGraph } from './graph/optimise-graph.ts';
import { ImportError } from './import-error.ts';
import type { ReadOptions } from './model-reader.ts';
import { judgePixels, type PixelJudgement } from './pixels/judge-pixels.ts';
import { readModel } from './read-model.ts';

/** A classifier ready to be written as a model directory. */
export interface ImportedModel {
  readonly graph: Graph;
  readonly head: Head;
  readonly input: { readonly width: number; readonly height: number; readonly channels: 1 | 3 };
  /** Width of the output: one a label, or 1 for two labels. */
  readonly outputs: number;
  readonly architectures: readonly string[];
  readonly madeWith: string;
  /** How it wants its pixels, as far as the file tells. */
  readonly pixels: PixelJudgement;
}

/**
 * Reads a model file and folds it into fused operations. Throws an {@link ImportError} that says what is in the way,
 * with the name, class and place of the layer at fault.
 */
export async function importModel(file: string, options: ReadOptions): Promise<ImportedModel> {
  const { input, score, architectures, madeWith, pixelFacts } = await readModel(file, options);
  const outputs = score.shape.reduce((product, size) => product * size, 1);
  if (score.shape.length !== 2 && outputs !== score.shape.at(-1)) {
    throw new ImportError(
      `The model answers a tensor of [${score.shape}], not one score a label.`,
      'A classifier ends in one number a label; this may be a segmentation or detection model.',
    );
  }
  const [, height = 0, width = 0, channels = 0] = input.shape;
  if (channels !== 1 && channels !== 3) {
    throw new ImportError(`The model takes pictures of ${channels} channels.`, 'Photos have 3 channels, grey ones 1.');
  }
  const named = nameOutputs(input, score);
  const graph = optimiseGraph(named);
  const head = findHead(graph.outputs.score ?? score);
  checkHead(head.kind, outputs);
  return {
    graph,
    head,
    input: { width, height, channels },
    outputs,
    architectures,
    madeWith,
    // Before the passes, which fold a scaling into the first convolution.
    pixels: judgePixels({ input, score }, pixelFacts),
  };
}

function checkHead(kind: Head['kind'], outputs: number): void {
  if (kind === 'sigmoid' && outputs > 1) {
    throw new ImportError(
      `The model ends in ${outputs} independent sigmoids: a photo may have several labels at once.`,
      'A classifier chooses one label: end it in a softmax, or in a single sigmoid for two labels.',
    );
  }
  if (kind !== 'sigmoid' && outputs === 1) {
    throw new ImportError(
      'The model answers a single number that is no probability.',
      'For two labels end it in keras.layers.Activation("sigmoid"), copy the weights and save again.',
    );
  }
}

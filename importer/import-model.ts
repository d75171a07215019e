import type { OutputKind } from '../model/card/card.ts';
import { chooseOutput, type OutputActivation } from './choose-output.ts';
import { findHead, type Head } from './graph/find-head.ts';
import { nameOutputs } from './graph/name-outputs.ts';
import type { Graph } from './graph/node.ts';
import { optimiseGraph } from './graph/optimise-graph.ts';
import { ImportError } from './import-error.ts';
import type { ReadModel, ReadOptions } from './model-reader.ts';
import { judgePixels, type PixelJudgement } from './pixels/judge-pixels.ts';
import { pixelsOfTeachableMachine } from './pixels/teachable-machine.ts';
import { readModel } from './read-model.ts';

/** A classifier ready to be written as a model directory. */
export interface ImportedModel {
  readonly graph: Graph;
  readonly head: Head;
  /** In pixels. */
  readonly input: { readonly width: number; readonly height: number; readonly channels: 1 | 3 };
  /** What the numbers of the output are. */
  readonly output: OutputKind;
  /** Width of the output: one a label, or 1 for two labels. */
  readonly outputs: number;
  readonly architectures: readonly string[];
  readonly madeWith: string;
  /** How it wants its pixels, as far as the file tells. */
  readonly pixels: PixelJudgement;
  /** Where the file holds them. */
  readonly labels: readonly string[] | undefined;
  readonly maker: ReadModel['maker'];
}

/** What a model file may not tell of itself. */
export interface ImportModelOptions extends ReadOptions {
  /** What comes after the model's last layer, where that is left out of the file. */
  readonly outputActivation?: OutputActivation | undefined;
}

/**
 * Reads a model file and folds it into fused operations.
 * @param file the path of a .keras, .h5, .tflite or .onnx file; its bytes say which
 * @param options what the file does not tell
 * @throws {@link ImportError} that says what is in the way, with the name, class and place of the layer at fault
 */
export async function importModel(file: string, options: ImportModelOptions): Promise<ImportedModel> {
  const read = await readModel(file, options);
  const { input, architectures, madeWith, pixelFacts } = read;
  const { score, kind, outputs } = chooseOutput(read.score, options.outputActivation);
  const [, height = 0, width = 0, channels = 0] = input.shape;
  if (channels !== 1 && channels !== 3) {
    throw new ImportError(`The model takes pictures of ${channels} channels.`, 'Photos have 3 channels, grey ones 1.');
  }
  const named = nameOutputs(input, score);
  const graph = optimiseGraph(named);
  return {
    graph,
    head: findHead(graph.outputs.score ?? score),
    output: kind,
    input: { width, height, channels },
    outputs,
    architectures,
    madeWith,
    // Before the passes, which fold a scaling into the first convolution.
    pixels: read.maker === 'teachable-machine' ? pixelsOfTeachableMachine : judgePixels({ input, score }, pixelFacts),
    labels: read.labels,
    maker: read.maker,
  };
}

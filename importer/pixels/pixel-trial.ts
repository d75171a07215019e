import type { CardInput, OutputKind } from '../../model/card/card.ts';
import { countChannels } from '../../model/card/parse-card.ts';
import type { EngineOptions } from '../../model/classification.ts';
import { fitPhoto } from '../../model/fit/fit-photo.ts';
import type { RunnableGraph } from '../../model/graph/runnable-graph.ts';
import { openGraph } from '../../model/open-graph.ts';
import { toLabelLogits } from '../../model/verdict/probabilities.ts';
import type { RgbPixels } from '../../photo/pixels/pixels.ts';
import type { PixelWay } from './rank-ways.ts';

/** The graph of a directory, and what its card will say. */
export interface DraftModel {
  readonly directory: string;
  readonly input: CardInput;
  readonly output: OutputKind;
}

/** A model that is asked about the same photos under several ways from pixels to input; it must be disposed of. */
export class PixelTrial {
  readonly #graph: RunnableGraph;
  readonly #model: DraftModel;

  private constructor(graph: RunnableGraph, model: DraftModel) {
    this.#graph = graph;
    this.#model = model;
  }

  static async open(model: DraftModel, engine: EngineOptions): Promise<PixelTrial> {
    const { directory, input } = model;
    const graph = await openGraph(directory, [1, input.height, input.width, countChannels(input)], engine);
    return new PixelTrial(graph, model);
  }

  /** A logit for each label, under one way. */
  logitsOf(photo: RgbPixels, { preprocessing }: PixelWay): Float32Array {
    const { input, output } = this.#model;
    const names = ['score', 'logits'].filter((name) => this.#graph.file.outputs.has(name));
    const [score, logits] = this.#graph.run(fitPhoto(photo, { ...input, ...preprocessing }), names);
    return toLabelLogits(output, score?.values ?? new Float32Array(), logits?.values);
  }

  dispose(): void {
    this.#graph.dispose();
  }
}

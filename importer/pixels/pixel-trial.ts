import type { CardInput, OutputKind } from '../../model/card/card.ts';
import { countChannels } from '../../model/card/parse-card.ts';
import type { EngineOptions } from '../../model/classification.ts';
import { fitPhoto } from '../../model/fit/fit-photo.ts';
import type { RunnableGraph } from '../../model/graph/runnable-graph.ts';
import { openGraph } from '../../model/open-graph.ts';
import { indexOfLargest, toLabelScores } from '../../model/verdict/probabilities.ts';
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

  /** The position of the first label under one way. */
  firstLabel(photo: RgbPixels, { preprocessing }: PixelWay): number {
    const { input, output } = this.#model;
    const [score] = this.#graph.run(fitPhoto(photo, { ...input, ...preprocessing }), ['score']);
    return indexOfLargest(toLabelScores(output, score?.values ?? new Float32Array()));
  }

  dispose(): void {
    this.#graph.dispose();
  }
}

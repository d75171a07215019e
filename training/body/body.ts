import { createHash } from 'node:crypto';
import type { CardInput } from '../../model/card/card.ts';
import { countChannels, parseBodyCard } from '../../model/card/parse-card.ts';
import { smallestUsefulSize } from '../../model/card/smallest-useful-size.ts';
import type { EngineOptions } from '../../model/classification.ts';
import { fitPhoto } from '../../model/fit/fit-photo.ts';
import type { GraphFile } from '../../model/graph/graph-file.ts';
import type { RunnableGraph } from '../../model/graph/runnable-graph.ts';
import { readModelFile } from '../../model/model-file.ts';
import { openGraph } from '../../model/open-graph.ts';
import { canonicalJson } from '../../model/version.ts';
import type { RgbPixels } from '../../photo/pixels/pixels.ts';
import { TrainingError } from '../training-error.ts';

/** What turns photos into features: a model without its last layer. It must be disposed of. */
export interface Body {
  /** As the card of the model directory says. */
  readonly name: string;
  readonly input: CardInput;
  /** How many numbers a photo becomes. */
  readonly featureCount: number;
  /** Of all that features depend on: 12 hexadecimal digits. */
  readonly version: string;
  /** How small a decoder may hand a photo over; undefined where it has to be whole. */
  readonly minimumSize: { readonly width: number; readonly height: number } | undefined;
  readonly file: GraphFile;
  features(pixels: RgbPixels): Float32Array;
  dispose(): void;
}

const versionLength = 12;

/**
 * Opens a model directory as a body: any whose graph names the output `features`, one vector a photo. Its labels, if it has
 * some, don't matter.
 * @throws TrainingError for a model without features; ModelError for one that can't be loaded
 */
export async function openBody(directory: string, options: EngineOptions): Promise<Body> {
  const { name, input } = parseBodyCard(readModelFile(directory, 'card.json').toString('utf8'));
  const graph = await openGraph(directory, [1, input.height, input.width, countChannels(input)], options);
  try {
    const featureCount = countFeatures(graph, directory);
    return {
      name,
      input,
      featureCount,
      version: createHash('sha256')
        .update(graph.file.digest, 'hex')
        .update(canonicalJson(input))
        .digest('hex')
        .slice(0, versionLength),
      minimumSize: smallestUsefulSize(input),
      file: graph.file,
      features: (pixels) => graph.run(fitPhoto(pixels, input), ['features'])[0]?.values as Float32Array,
      dispose: () => graph.dispose(),
    };
  } catch (thrown) {
    graph.dispose();
    throw thrown;
  }
}

function countFeatures(graph: RunnableGraph, directory: string): number {
  if (!graph.file.outputs.has('features')) {
    throw new TrainingError(
      `The model in ${directory} names no output 'features', so that no new last layer can follow it.`,
      'Choose a model whose last layer is dense, or leave --body away.',
    );
  }
  const [shape = []] = graph.outputShapes(['features']);
  const [batch, features = 0, ...others] = shape;
  if (batch === 1 && features > 0 && others.length === 0) return features;
  throw new TrainingError(
    `The model in ${directory} has features of the shape [${shape.join(', ')}], where [1, count] is needed.`,
    'Choose a model whose last dense layer sees one vector, or leave --body away.',
  );
}

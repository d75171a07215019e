import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { RgbPixels } from '../photo/pixels/pixels.ts';
import type { Card } from './card/card.ts';
import { countChannels, parseCard } from './card/parse-card.ts';
import type {
  Classification,
  Classifier,
  EngineOptions,
  Explanation,
  Judgement,
  Measurement,
  ParityReport,
} from './classification.ts';
import { explain, findLastLayer, type LastLayer } from './explanation/explanation.ts';
import { finishSwap } from './finish-swap.ts';
import { fitPhoto } from './fit/fit-photo.ts';
import { areaOfInput } from './fit/part-of-photo.ts';
import type { OutputValues, RunnableGraph } from './graph/runnable-graph.ts';
import { ModelError } from './model-error.ts';
import { readModelFile } from './model-file.ts';
import { openGraph } from './open-graph.ts';
import { compareWithParity, type ParityFile, readParityFile } from './parity/parity.ts';
import { drawParityPhoto } from './parity/parity-photo.ts';
import { indexOfLargest, toLabelLogits, toLabelProbabilities, toLabelScores } from './verdict/probabilities.ts';
import { readUnfamiliarity, type Unfamiliarity } from './verdict/unfamiliarity.ts';
import { UnfamiliarityScorer } from './verdict/unfamiliarity-scorer.ts';
import { requireSameWeights } from './version.ts';

// Of a calibration without a threshold: an answer more likely wrong than right by the model's own account is unsure.
const unsureBelowByDefault = 0.5;

/**
 * Loads a model directory (model.json, weights.bin, card.json, and parity.json where there is one) and compares its parts
 * with each other. Throws a ModelError that names the file or the key at fault; nothing of a failed load is kept, so a
 * later one may succeed.
 */
export async function load(directory: string, options: EngineOptions): Promise<Classifier> {
  const card = parseCard(readCardText(directory));
  const parity = readParityFile(directory);
  const { width, height } = card.input;
  const graph = await openGraph(directory, [1, height, width, countChannels(card.input)], options);
  try {
    return new GraphClassifier(graph, card, parity);
  } catch (thrown) {
    graph.dispose();
    throw thrown;
  }
}

/** The first file to be read: where it is missing, an import may have been killed while it swapped directories. */
function readCardText(directory: string): string {
  try {
    return readModelFile(directory, 'card.json').toString('utf8');
  } catch (error) {
    const path = resolve(directory);
    if (existsSync(path) || !finishSwap(path)) throw error;
    return readModelFile(directory, 'card.json').toString('utf8');
  }
}

class GraphClassifier implements Classifier {
  readonly card: Card;
  readonly version: string;
  readonly #graph: RunnableGraph;
  readonly #parity: ParityFile | undefined;
  readonly #head: LastLayer | undefined;
  readonly #unfamiliarity: Unfamiliarity | undefined;
  readonly #scorer: UnfamiliarityScorer | undefined;
  /** The named outputs that each answer needs, where the graph has them. */
  readonly #outputNames: readonly string[];

  constructor(graph: RunnableGraph, card: Card, parity: ParityFile | undefined) {
    this.card = card;
    this.version = graph.file.versionWith(card);
    this.#graph = graph;
    this.#parity = parity;
    this.#head = findLastLayer(graph.file);
    const stored = card.calibration?.unfamiliar;
    this.#unfamiliarity = stored && readUnfamiliarity(stored);
    this.#outputNames = ['score', 'logits', 'features'].filter((name) => graph.file.outputs.has(name));
    requireSameWeights(card, graph.file.weightsVersion);
    this.#checkOutputs();
    this.#scorer = this.#unfamiliarity && new UnfamiliarityScorer(this.#unfamiliarity);
  }

  get canExplain(): boolean {
    return this.#head !== undefined;
  }

  classify(pixels: RgbPixels, { explain = false, isRehearsal = false } = {}): Classification {
    const head = explain ? this.#requireHead() : undefined;
    const startedAt = performance.now();
    const input = this.#fit(pixels);
    const fittedAt = performance.now();
    const { map, ...measurement } = this.#run(input, { withMap: head !== undefined, isRehearsal });
    const modelMs = performance.now() - fittedAt;
    const { logits, scores } = measurement;
    return {
      scores,
      ...this.judge(measurement),
      ...(head && map && { explanation: this.#explain(pixels, head, map, logits) }),
      timing: { fitMs: fittedAt - startedAt, modelMs },
    };
  }

  measure(pixels: RgbPixels): Measurement {
    const { map: _, ...measurement } = this.#run(this.#fit(pixels), { withMap: false, isRehearsal: false });
    return measurement;
  }

  judge({ logits, unfamiliarity }: Measurement): Judgement {
    const { output, calibration } = this.card;
    const probabilities = toLabelProbabilities(output, logits, calibration?.temperature ?? 1);
    if (calibration === undefined) return { probabilities, verdict: 'uncalibrated' };
    const first = indexOfLargest(probabilities);
    const { unsureBelow = unsureBelowByDefault } = calibration;
    const threshold = typeof unsureBelow === 'number' ? unsureBelow : (unsureBelow[first] ?? 1);
    // A probability may round to 1, and below 1 means every answer.
    const isUnsure = threshold >= 1 || (probabilities[first] as number) < threshold;
    const isUnfamiliar = unfamiliarity !== undefined && unfamiliarity > (this.#unfamiliarity?.above ?? unfamiliarity);
    return { probabilities, verdict: isUnfamiliar ? 'unfamiliar' : isUnsure ? 'unsure' : 'confident' };
  }

  drawParityPhotos(): readonly RgbPixels[] | undefined {
    return this.#parity?.photos.map(({ recipe }) => drawParityPhoto(recipe));
  }

  verifyParity(): ParityReport | undefined {
    if (this.#parity === undefined) return undefined;
    const { output } = this.card;
    return compareWithParity(
      this.#parity,
      (photo) => toLabelProbabilities(output, this.measure(photo).logits, 1),
      (scores) => toLabelProbabilities(output, toLabelLogits(output, scores, undefined), 1),
    );
  }

  dispose(): void {
    this.#graph.dispose();
  }

  #fit(pixels: RgbPixels): Float32Array {
    const { width, height, data } = pixels;
    if (width < 1 || height < 1 || data.length !== width * height * 3) {
      throw new RangeError(`${data.length} bytes are not ${width} x ${height} pixels of three bytes.`);
    }
    return fitPhoto(pixels, this.card.input);
  }

  #explain(pixels: RgbPixels, head: LastLayer, map: OutputValues, logits: Float32Array): Explanation {
    const evidence = explain(map, head, logits, this.card.labels);
    return { ...evidence, area: areaOfInput(pixels, this.card.input) };
  }

  #run(
    input: Float32Array,
    { withMap, isRehearsal }: { readonly withMap: boolean; readonly isRehearsal: boolean },
  ): Measurement & { readonly map: OutputValues | undefined } {
    const names = withMap ? [...this.#outputNames, 'map'] : this.#outputNames;
    const outputs = this.#graph.run(input, names, { isRehearsal });
    const byName = new Map(names.map((name, index) => [name, outputs[index]]));
    const score = byName.get('score')?.values as Float32Array;
    const features = byName.get('features')?.values;
    const scorer = this.#scorer;
    const logits = toLabelLogits(this.card.output, score, byName.get('logits')?.values);
    requireFinite(score, logits);
    return {
      scores: toLabelScores(this.card.output, score),
      logits,
      ...(features && { features }),
      ...(features && scorer && { unfamiliarity: scorer.score(features) }),
      map: byName.get('map'),
    };
  }

  #requireHead(): LastLayer {
    if (this.#head !== undefined) return this.#head;
    throw new ModelError(
      'no_explanation',
      "This model cannot explain its answers: an explanation needs the graph's output 'map' and, after it, " +
        'an average over all places and one dense layer.',
    );
  }

  /** Compares what the model answers with the card. */
  #checkOutputs(): void {
    const { card } = this;
    const named = [...this.#graph.file.outputs.keys()];
    if (!named.includes('score')) {
      throw new ModelError('mismatch', `model.json names no output 'score' (it names: ${named.join(', ') || 'none'}).`);
    }
    const shapes = this.#graph.outputShapes(this.#outputNames);
    const shape = shapes[this.#outputNames.indexOf('score')] ?? [];
    const units = shape[1] ?? 0;
    if (shape.length !== 2) {
      throw new ModelError(
        'unsupported',
        `The model answers [${shape.join(', ')}], where a classifier answers [1, labels].`,
      );
    }
    if (card.output === 'sigmoid' && units > 1) {
      const why = `${units} sigmoids, but card.json's output is "sigmoid", which is a single one for two labels`;
      throw new ModelError('mismatch', `The model ends in ${why}; several independent labels are "sigmoids".`);
    }
    const answers = card.output === 'sigmoid' ? 2 : units;
    if (answers !== card.labels.length) {
      const kind = card.output === 'sigmoid' ? 'one sigmoid unit, which tells two labels apart' : `${units} scores`;
      throw new ModelError('mismatch', `The model answers ${kind}, but card.json has ${card.labels.length} labels.`);
    }
    const features = shapes[this.#outputNames.indexOf('features')] ?? [0];
    this.#checkStatistics(features.reduce((product, size) => product * size, 1));
  }

  #checkStatistics(features: number): void {
    const expected = this.#unfamiliarity?.weights.length ?? features;
    if (expected === features) return;
    const found = features === 0 ? "names no output 'features'" : `has ${features} features`;
    throw new ModelError(
      'mismatch',
      `card.json's calibration.unfamiliar is for ${expected} features; the model ${found}.`,
    );
  }
}

/** A probability of no number would go out as null. */
function requireFinite(...outputs: readonly Float32Array[]): void {
  if (outputs.every((values) => values.every(Number.isFinite))) return;
  throw new ModelError('not_finite', 'The model answered with a number that is infinite or none at all.');
}

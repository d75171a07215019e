import type { GraphNode } from '../graph/node.ts';
import { type Preprocessing, type PreprocessMode, preprocessingOf } from '../preprocessing.ts';
import { followPixels, type PixelEnd } from './follow-pixels.ts';
import type { PixelFacts } from './pixel-facts.ts';
import { type PixelCandidate, scoreCandidate } from './score-candidate.ts';

/** How a model wants its pixels, as far as its file tells. */
export type PixelJudgement =
  | { readonly isKnown: true; readonly preprocessing: Preprocessing; readonly option: string; readonly because: string }
  | { readonly isKnown: false; readonly because: string };

interface Way {
  readonly option: string;
  readonly candidate: PixelCandidate;
  /** Few train so: the logarithm of how much rarer it is than the others. */
  readonly rarity?: number;
}

const rare = -3;

/** The ways that are told apart, and the options that stand for them. */
const ways: readonly Way[] = [
  { option: '--preprocess none', candidate: { scale: 1, offset: 0 } },
  { option: '--scale 0.00392157', candidate: { scale: 1 / 255, offset: 0 } },
  { option: '--preprocess tf', candidate: { scale: 1 / 127.5, offset: -1 } },
  { option: '--scale 0.00392157 --offset -0.5', candidate: { scale: 1 / 255, offset: -0.5 }, rarity: rare },
];

/** Ways that are no answer where they fit, as each channel has its own: what they leave looks like any other mean taken off. */
const waysOfMeans: readonly Way[] = [
  { option: '--preprocess torch', candidate: { scale: 1 / (255 * 0.226), offset: -0.449 / 0.226 }, rarity: rare },
  { option: '--preprocess caffe', candidate: { scale: 1, offset: -115 }, rarity: rare },
];

const fewestPoints = -4;
/** By how much the best way must beat the second: a likelihood twelve times as high. */
const clearMargin = 2.5;

/**
 * Judges from the graph, as its format builds it, and from what the file says outright. A name of an architecture is no
 * ground: the same body is trained on pixels of every scale.
 */
export function judgePixels(
  model: { readonly input: GraphNode; readonly score: GraphNode },
  facts: PixelFacts | undefined,
): PixelJudgement {
  const channels = model.input.shape.at(-1) === 1 ? 1 : 3;
  const told = facts && judgeFacts(facts, channels);
  if (told !== undefined) return told;
  const ends = followPixels(model);
  const judged = ends.map((end) => judgeEnd(end));
  const [first] = judged;
  if (first === undefined) return unknown('no layer of it looks at the pixels');
  const differing = judged.find((one) => one.way !== first.way);
  if (differing !== undefined) return unknown('its branches take pixels of different scales');
  if (first.way === undefined) return unknown(first.because);
  return known(first.way, channels, first.because);
}

interface JudgedEnd {
  readonly way: Way | undefined;
  readonly because: string;
}

function judgeEnd(end: PixelEnd): JudgedEnd {
  const ranked = [...ways, ...waysOfMeans]
    .flatMap((way) => {
      const score = scoreCandidate(end, way.candidate);
      return score === undefined ? [] : [{ way, score: score + (way.rarity ?? 0) }];
    })
    .sort((a, b) => b.score - a.score);
  const [best, second] = ranked;
  if (best === undefined || best.score < fewestPoints) return { way: undefined, because: describeUnknown(end, best) };
  if (second !== undefined && best.score - second.score < clearMargin) {
    const because = `what it does with them fits ${best.way.option} about as well as ${second.way.option}`;
    return { way: undefined, because };
  }
  if (waysOfMeans.includes(best.way)) {
    return { way: undefined, because: `what it does with them fits pixels less their mean, as of ${best.way.option}` };
  }
  return { way: best.way, because: describeGround(end, best.way) };
}

function describeUnknown({ node, isWeighted, trace }: PixelEnd, best: { score: number } | undefined): string {
  if (!isWeighted) return `its operation ${node.op} at ${node.place} does more to them than to scale them`;
  if (best !== undefined) return 'it scales them to a range that is not usual for any of the common ways';
  return trace.steps.length === 0 && trace.statistics.length === 0
    ? `nothing in it scales them before its first weights, at ${node.place}`
    : 'what it does with them tells nothing of their scale';
}

function describeGround({ trace }: PixelEnd, way: Way): string {
  const { scale, offset } = way.candidate;
  const last = trace.steps.at(-1);
  if (last === undefined) {
    return `its first normalisation has learnt from pixels of ${round(offset)} to ${round(255 * scale + offset)}`;
  }
  const ends = last.flatMap((map) => [0, 255].map((pixel) => (pixel * scale + offset) * map.scale + map.offset));
  const range = `${round(Math.min(...ends))} to ${round(Math.max(...ends))}`;
  const itself = way === ways[0] ? 'the model scales its pixels itself' : 'the model goes on scaling them';
  return `${itself}: its first weights then see ${range}`;
}

function round(value: number): string {
  return String(Number(value.toPrecision(3)));
}

const rangeTolerance = 0.04;

/** Undefined where the facts leave it to the graph. */
function judgeFacts(facts: PixelFacts, channels: 1 | 3): PixelJudgement | undefined {
  if (facts.kind === 'normalisation') return judgeNormalisation(facts, channels);
  const [low, high] =
    facts.kind === 'bytes' ? [facts.offset, facts.offset + 255 * facts.scale] : [facts.low, facts.high];
  const range = `${round(low)} to ${round(high)}`;
  const odd = oddModes.find((one) => isNear([low, high], one.range));
  if (odd !== undefined) {
    return unknown(`the file's input runs from ${range}, which is what --preprocess ${odd.mode} makes of photos`);
  }
  if (facts.kind === 'bytes') {
    const { scale, offset } = facts;
    const preprocessing = { ...preprocessingOf('none', channels), scale, offset };
    const option = `--scale ${round6(scale)}${offset === 0 ? '' : ` --offset ${round6(offset)}`}`;
    return { isKnown: true, preprocessing, option, because: `the file says that bytes stand for ${range}` };
  }
  const way = ways.find(({ candidate: { scale, offset } }) => isNear([low, high], [offset, offset + 255 * scale]));
  return way && known(way, channels, `the file says that its input runs from ${range}`);
}

function judgeNormalisation(
  { mean, deviation }: Extract<PixelFacts, { kind: 'normalisation' }>,
  channels: 1 | 3,
): PixelJudgement | undefined {
  const fits = (values: readonly number[]) => values.length === 1 || values.length === channels;
  if (!fits(mean) || !fits(deviation) || !deviation.every((value) => value > 0)) return undefined;
  const scales = deviation.map((value) => 1 / value);
  const count = Math.max(mean.length, deviation.length);
  const offsets = Array.from({ length: count }, (_, at) => {
    return -(mean[at % mean.length] as number) * (scales[at % scales.length] as number);
  });
  const [scale, offset] = [single(scales), single(offsets.map((value) => value || 0))];
  const option = `--scale ${[scale].flat().map(round6)} --offset ${[offset].flat().map(round6)}`;
  const because = `its metadata says to take ${mean.join(', ')} off and to divide by ${deviation.join(', ')}`;
  return { isKnown: true, preprocessing: { ...preprocessingOf('none', channels), scale, offset }, option, because };
}

/** What runs over an input for channels whose means differ: the order of colours, which no range tells, matters then. */
const oddModes: readonly { readonly mode: PreprocessMode; readonly range: readonly [number, number] }[] = [
  { mode: 'torch', range: [-2.118, 2.64] },
  { mode: 'caffe', range: [-123.68, 151.061] },
];

function isNear(range: readonly [number, number], known: readonly [number, number]): boolean {
  const tolerance = (known[1] - known[0]) * rangeTolerance;
  return Math.abs(range[0] - known[0]) <= tolerance && Math.abs(range[1] - known[1]) <= tolerance;
}

function known({ option, candidate }: Way, channels: 1 | 3, because: string): PixelJudgement {
  return { isKnown: true, preprocessing: { ...preprocessingOf('none', channels), ...candidate }, option, because };
}

function unknown(because: string): PixelJudgement {
  return { isKnown: false, because };
}

function single(values: readonly number[]): number | readonly number[] {
  return values.length === 1 ? (values[0] as number) : values;
}

function round6(value: number): number {
  return Number(value.toPrecision(6));
}

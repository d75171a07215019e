import { ImportError } from '../import-error.ts';
import type { ImportedModel } from '../import-model.ts';
import { likelyPreprocessing, type Preprocessing, type PreprocessMode, preprocessingOf } from '../preprocessing.ts';
import { countRight, describeLikelihood, type PixelWay, type TriedWay } from './rank-ways.ts';

/** What the owner says of the pixels. */
export interface PreprocessOptions {
  readonly preprocess?: PreprocessMode | undefined;
  /** The name of the way that `scale` and `offset` are part of, where the owner named one. */
  readonly preset?: string | undefined;
  readonly scale?: number | readonly number[] | undefined;
  readonly offset?: number | readonly number[] | undefined;
  /** To be believed even where the model contradicts. */
  readonly force?: boolean | undefined;
}

export interface ChosenPreprocessing extends PixelWay {
  /** On what ground, where the owner did not say. */
  readonly because: string | undefined;
}

type Model = Pick<ImportedModel, 'architectures' | 'pixels' | 'input'>;

/**
 * The way from pixels to input: the owner's, which must not contradict the model, else the model's own. Throws an
 * {@link ImportError} where it does and `force` is not given, and where neither tells.
 */
export function choosePreprocessing(model: Model, options: PreprocessOptions): ChosenPreprocessing {
  const chosen = findPreprocessing(model, options);
  if (chosen === undefined) throw askForPreprocessing(model, []);
  return chosen;
}

/** As {@link choosePreprocessing}, but undefined where neither the owner nor the model tells. */
export function findPreprocessing(model: Model, options: PreprocessOptions): ChosenPreprocessing | undefined {
  const given = readOptions(options, model.input.channels);
  const { pixels } = model;
  if (given === undefined) return pixels.isKnown ? pixels : undefined;
  if (pixels.isKnown && !options.force && !isAlike(given, pixels.preprocessing)) {
    throw new ImportError(
      `The options for pixels contradict the model: it takes ${pixels.option}, because ${pixels.because}.`,
      'Leave --preprocess, --scale and --offset out. Add --force only if the training code scaled the pixels a second time.',
    );
  }
  return { option: describeOptions(options), preprocessing: given, because: undefined };
}

function describeOptions(options: PreprocessOptions): string {
  const { preprocess, preset, scale, offset } = options;
  const words = [
    ...(preprocess === undefined ? [] : [`--preprocess ${preprocess}`]),
    ...(scale === undefined ? [] : [`--scale ${shorten(scale)}`]),
    ...(offset === undefined ? [] : [`--offset ${shorten(offset)}`]),
  ].join(' ');
  return preset === undefined ? words : `--preprocess ${preset} (${words})`;
}

/** To six digits, which is nearer than pixels are. */
function shorten(numbers: number | readonly number[]): string {
  return [numbers]
    .flat()
    .map((value) => Number(value.toPrecision(6)))
    .join();
}

/** What {@link PreprocessOptions} say; undefined where they say nothing. */
export function readOptions(
  { preprocess, scale, offset }: PreprocessOptions,
  channels: 1 | 3,
): Preprocessing | undefined {
  if (preprocess === undefined && scale === undefined && offset === undefined) return undefined;
  const mode = preprocessingOf(preprocess ?? 'none', channels);
  if (scale === undefined && offset === undefined) return mode;
  return { channels: mode.channels, scale: scale ?? 1, offset: offset ?? 0 };
}

/** What to look for in the training code, and the option that stands for it. */
const waysOfTraining: readonly (readonly [code: string, option: string])[] = [
  ['rescale=1/255, images / 255, ToTensor() alone', '--scale 0.00392157'],
  ["preprocess_input (each family's own way)", '--preprocess tf, caffe or torch'],
  ['Rescaling(1/127.5, offset=-1), images / 127.5 - 1', '--preprocess tf'],
  ["torch's Normalize by a mean and std of 0.5", '--preprocess tf'],
  ["torch's Normalize by ImageNet's mean and std", '--preprocess torch'],
  ['nothing of the kind: pixels 0 to 255', '--preprocess none'],
];

/**
 * The question, with what to look for.
 * @param tried what labelled photos tell, where no way is clearly better than the others
 * @param photos how many of them the owner gave
 */
export function askForPreprocessing(
  { architectures, pixels }: Model,
  tried: readonly TriedWay[],
  photos = 0,
): ImportError {
  const width = Math.max(...waysOfTraining.map(([code]) => code.length));
  const likely = likelyPreprocessing(architectures);
  const lines = [
    'Look for one of these in the training code, and give the option beside it:',
    ...waysOfTraining.map(([code, option]) => `  ${code.padEnd(width)}  ${option}`),
    ...(likely
      ? [
          `Its body is called ${JSON.stringify(likely.name)}, whose own preprocess_input is --preprocess ${likely.mode}.`,
        ]
      : []),
    ...(tried.length === 0
      ? ['With --photos FOLDER, labelled photos tell which of them is right.']
      : [
          `The labelled photos leave it open (${describeMore(tried[0]?.isRight.length ?? 0, photos)}):`,
          ...tried.map(describeTried),
        ]),
  ];
  return new ImportError(`The file does not tell how the model wants its pixels: ${pixels.because}.`, lines.join('\n'));
}

/** More photos than are ever tried would not tell more. */
function describeMore(tried: number, given: number): string {
  return given > tried
    ? `${tried} of your ${given} were tried; the training code tells`
    : 'more of them may tell, the training code does';
}

function describeTried(way: TriedWay): string {
  const right = `${countRight(way)} of ${way.isRight.length} right`;
  return `  ${way.option}: ${right}, and the right label gets ${describeLikelihood(way)} on average`;
}

const alikeTolerance = 0.015;

/** Whether two ways make about the same of every pixel. */
export function isAlike(a: Preprocessing, b: Preprocessing): boolean {
  const values = (way: Preprocessing) =>
    [0, 1, 2].flatMap((channel) => {
      const at = way.channels === 'bgr' ? 2 - channel : channel;
      const [scale, offset] = [valueAt(way.scale, at), valueAt(way.offset, at)];
      return [offset, 255 * scale + offset];
    });
  const [ofA, ofB] = [values(a), values(b)];
  const width = Math.max(...ofB) - Math.min(...ofB);
  const isSameOrder = (a.channels === 'bgr') === (b.channels === 'bgr');
  return isSameOrder && ofA.every((value, at) => Math.abs(value - (ofB[at] as number)) <= alikeTolerance * width);
}

function valueAt(values: number | readonly number[], channel: number): number {
  return typeof values === 'number' ? values : (values[channel % values.length] as number);
}

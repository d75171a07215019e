import { ImportError } from '../import-error.ts';
import type { ImportedModel } from '../import-model.ts';
import { likelyPreprocessing, type Preprocessing, type PreprocessMode, preprocessingOf } from '../preprocessing.ts';

/** What the owner says of the pixels. */
export interface PreprocessOptions {
  readonly preprocess?: PreprocessMode | undefined;
  readonly scale?: number | readonly number[] | undefined;
  readonly offset?: number | readonly number[] | undefined;
  /** To be believed even where the model contradicts. */
  readonly force?: boolean | undefined;
}

export interface ChosenPreprocessing {
  readonly preprocessing: Preprocessing;
  /** On what ground, where the owner did not say. */
  readonly because: string | undefined;
}

type Model = Pick<ImportedModel, 'architectures' | 'pixels' | 'input'>;

/**
 * The way from pixels to input: the owner's, which must not contradict the model, else the model's own. Throws an
 * {@link ImportError} where it does and `force` is not given, and where neither tells.
 */
export function choosePreprocessing(model: Model, options: PreprocessOptions): ChosenPreprocessing {
  const given = readOptions(options, model.input.channels);
  const { pixels } = model;
  if (given === undefined) {
    if (!pixels.isKnown) throw askForPreprocessing(model, pixels.because);
    return { preprocessing: pixels.preprocessing, because: `${pixels.option}, because ${pixels.because}` };
  }
  if (pixels.isKnown && !options.force && !isAlike(given, pixels.preprocessing)) {
    throw new ImportError(
      `The options for pixels contradict the model: it takes ${pixels.option}, because ${pixels.because}.`,
      'Leave --preprocess, --scale and --offset out. Add --force only if the training code scaled the pixels a second time.',
    );
  }
  return { preprocessing: given, because: undefined };
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
  ["torch's Normalize by ImageNet's mean and std", '--preprocess torch'],
  ['nothing of the kind: pixels 0 to 255', '--preprocess none'],
];

function askForPreprocessing({ architectures }: Model, because: string): ImportError {
  const width = Math.max(...waysOfTraining.map(([code]) => code.length));
  const likely = likelyPreprocessing(architectures);
  const lines = [
    'Look for one of these in the training code, and give the option beside it:',
    ...waysOfTraining.map(([code, option]) => `  ${code.padEnd(width)}  ${option}`),
    ...(likely
      ? [`Its body is called "${likely.name}", whose own preprocess_input is --preprocess ${likely.mode}.`]
      : []),
    'With --photos FOLDER, labelled photos tell which of them is right.',
  ];
  return new ImportError(`The file does not tell how the model wants its pixels: ${because}.`, lines.join('\n'));
}

const alikeTolerance = 0.015;

/** Whether two ways make about the same of every pixel. */
function isAlike(a: Preprocessing, b: Preprocessing): boolean {
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

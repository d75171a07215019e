import type { CardInput, ChannelOrder } from '../model/card/card.ts';
import { ImportError } from './import-error.ts';
import type { ImportedModel } from './import-model.ts';

/** The names by which keras.applications knows its ways from pixels to input. */
export const preprocessModes = ['tf', 'torch', 'caffe', 'none'] as const;
export type PreprocessMode = (typeof preprocessModes)[number];

export type Preprocessing = Pick<CardInput, 'channels' | 'scale' | 'offset'>;

// Mean and standard deviation of ImageNet's pixels, as keras.applications has them.
const torchMean = [0.485, 0.456, 0.406];
const torchDeviation = [0.229, 0.224, 0.225];
const caffeMeanOfBlueGreenRed = [103.939, 116.779, 123.68];

export function preprocessingOf(mode: PreprocessMode, channels: 1 | 3): Preprocessing {
  const order: ChannelOrder = channels === 1 ? 'grey' : 'rgb';
  if (mode === 'none') return { channels: order, scale: 1, offset: 0 };
  if (mode === 'tf') return { channels: order, scale: 1 / 127.5, offset: -1 };
  if (channels === 1) {
    throw new ImportError(
      `--preprocess ${mode} is for pictures of three channels; this model takes one.`,
      'Give --scale and --offset.',
    );
  }
  if (mode === 'caffe') return { channels: 'bgr', scale: 1, offset: caffeMeanOfBlueGreenRed.map((mean) => -mean) };
  return {
    channels: 'rgb',
    scale: torchDeviation.map((deviation) => 1 / (255 * deviation)),
    offset: torchMean.map((mean, channel) => -mean / (torchDeviation[channel] as number)),
  };
}

export interface PreprocessGuess {
  readonly mode: PreprocessMode;
  /** The ground for it, to follow "because". */
  readonly because: string;
}

/** In the order in which they are tried: MobileNetV2 is not MobileNetV3, ResNet50V2 not ResNet50. */
const modeByArchitecture: readonly (readonly [name: RegExp, mode: PreprocessMode])[] = [
  [/^(efficientnet|convnext|mobilenet_?v3)/i, 'none'],
  [/^(xception|inception|mobilenet|nasnet|resnet\d+v2)/i, 'tf'],
  [/^densenet/i, 'torch'],
  [/^(vgg|resnet)/i, 'caffe'],
];

/** What the model expects of its pixels, as far as its file tells; undefined where it does not. */
export function guessPreprocessing(
  model: Pick<ImportedModel, 'architectures' | 'scalesItsInput'>,
): PreprocessGuess | undefined {
  if (model.scalesItsInput) return { mode: 'none', because: 'the model itself begins by scaling its pixels' };
  for (const [pattern, mode] of modeByArchitecture) {
    const name = model.architectures.find((architecture) => pattern.test(architecture));
    if (name !== undefined) return { mode, because: `its body is called "${name}"` };
  }
  return undefined;
}

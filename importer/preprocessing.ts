import type { CardInput, ChannelOrder } from '../model/card/card.ts';
import { ImportError } from './import-error.ts';

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

/** In the order in which they are tried: MobileNetV2 is not MobileNetV3, ResNet50V2 not ResNet50. */
const modeByArchitecture: readonly (readonly [name: RegExp, mode: PreprocessMode])[] = [
  // These scale inside, unless they are made with include_preprocessing=False, when they take what they scale to.
  [/^(efficientnetv2|mobilenet_?v3)/i, 'tf'],
  [/^convnext/i, 'torch'],
  [/^(xception|inception|mobilenet|nasnet|resnet\d+v2)/i, 'tf'],
  [/^densenet/i, 'torch'],
  [/^(vgg|resnet)/i, 'caffe'],
];

/**
 * What keras.applications does before a body of that name which scales nothing itself: a likely answer to a question, not
 * an answer, since many train the same body on pixels divided by 255.
 */
export function likelyPreprocessing(
  architectures: readonly string[],
): { readonly name: string; readonly mode: PreprocessMode } | undefined {
  for (const [pattern, mode] of modeByArchitecture) {
    const name = architectures.find((architecture) => pattern.test(architecture));
    if (name !== undefined) return { name, mode };
  }
  return undefined;
}

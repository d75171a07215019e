import type { CardInput } from '../../model/card/card.ts';
import type { PhotoSize } from '../model-reader.ts';

/** A way from photo to input under a name that others gave it. */
export interface Preset {
  /** For channels of red, green, blue; a single number stands for all. */
  readonly scale: number | readonly number[];
  readonly offset: number | readonly number[];
  readonly fitting: Pick<CardInput, 'resize' | 'fit' | 'resizeTo'>;
  /** The input that the way leads to; undefined where it fits any. */
  readonly size?: PhotoSize;
}

/** Pixels 0–255 divided by 255, the mean taken off, divided by the deviation: torchvision's ToTensor and Normalize. */
export function normalise(mean: readonly number[], deviation: readonly number[]): Pick<Preset, 'scale' | 'offset'> {
  return {
    scale: deviation.map((value) => 1 / (255 * value)),
    offset: mean.map((value, channel) => -value / (deviation[channel] as number) || 0),
  };
}

export const imageNetMean: readonly number[] = [0.485, 0.456, 0.406];
export const imageNetDeviation: readonly number[] = [0.229, 0.224, 0.225];

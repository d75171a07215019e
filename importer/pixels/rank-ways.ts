import { type Preprocessing, preprocessingOf } from '../preprocessing.ts';

/** A way from pixels to input, by the options that stand for it. */
export interface PixelWay {
  readonly option: string;
  readonly preprocessing: Preprocessing;
}

/** How labelled photos came out under one way, in their order. */
export interface TriedWay extends PixelWay {
  readonly isRight: readonly boolean[];
}

/** What training code does to pixels, most of the time. */
export function commonWays(channels: 1 | 3): PixelWay[] {
  const plain = preprocessingOf('none', channels);
  return [
    { option: '--preprocess none', preprocessing: plain },
    { option: '--scale 0.00392157', preprocessing: { ...plain, scale: 1 / 255 } },
    { option: '--preprocess tf', preprocessing: preprocessingOf('tf', channels) },
    ...(channels === 1
      ? []
      : (['torch', 'caffe'] as const).map((mode) => ({
          option: `--preprocess ${mode}`,
          preprocessing: preprocessingOf(mode, channels),
        }))),
  ];
}

export function countRight({ isRight }: TriedWay): number {
  return isRight.filter(Boolean).length;
}

const fewestMore = 3;
const deviations = 2;

/**
 * Whether one way is right where another is wrong more often than chance explains: of the photos that only one of them gets
 * right, by two standard deviations (McNemar) and three photos more.
 */
export function isClearlyBetter(way: TriedWay, than: TriedWay): boolean {
  const onlyOne = way.isRight.filter((right, at) => right && !than.isRight[at]).length;
  const onlyOther = than.isRight.filter((right, at) => right && !way.isRight[at]).length;
  const more = onlyOne - onlyOther;
  return more >= fewestMore && more > deviations * Math.sqrt(onlyOne + onlyOther);
}

/** The way that gets the most photos right, the first of several. */
export function bestOf(ways: readonly TriedWay[]): TriedWay | undefined {
  return ways.reduce<TriedWay | undefined>(
    (best, way) => (best && countRight(best) >= countRight(way) ? best : way),
    undefined,
  );
}

/** The way that is clearly better than every other; undefined where none is. */
export function clearlyBest(ways: readonly TriedWay[]): TriedWay | undefined {
  const best = bestOf(ways);
  return best && ways.every((way) => way === best || isClearlyBetter(best, way)) ? best : undefined;
}

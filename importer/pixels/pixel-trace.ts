import type { InputStatistics } from '../graph/node.ts';

/** What has become of a pixel's value 0–255 in one channel: pixel × scale + offset. */
export interface ChannelMap {
  readonly scale: number;
  readonly offset: number;
}

/** Pixels somewhere in the graph, moved and scaled but not yet weighted. */
export interface PixelTrace {
  /** One for each channel along `axis`; a single one where all values of the tensor have gone the same way. */
  readonly channels: readonly ChannelMap[];
  readonly axis: number | undefined;
  /** The maps after each arithmetic step up to the first whose numbers were learnt, the latest last. */
  readonly steps: readonly (readonly ChannelMap[])[];
  /** What layers on the way know of the values that reach them, with the maps up to there. */
  readonly statistics: readonly { readonly channels: readonly ChannelMap[]; readonly learnt: InputStatistics }[];
  /** Whether a step had learnt numbers, after which a range tells nothing. */
  readonly isLearnt: boolean;
}

/** The pixels behind each input of a node; undefined where it has none of them behind it. */
export type ReachedInputs = readonly (PixelTrace | undefined)[];

export const untouchedPixels: ChannelMap = { scale: 1, offset: 0 };

/** As far as a quantised file keeps numbers apart. */
export function isSameMap(a: ChannelMap, b: ChannelMap): boolean {
  return Math.abs(a.scale - b.scale) <= 1e-6 * Math.abs(a.scale) && Math.abs(a.offset - b.offset) <= 1e-6;
}

/** The trace with other maps; those of one way for all need no axis. */
export function withChannels(
  trace: PixelTrace,
  channels: readonly ChannelMap[],
  axis: number | undefined = trace.axis,
): PixelTrace {
  const [first = untouchedPixels] = channels;
  if (channels.every((map) => isSameMap(map, first))) return { ...trace, channels: [first], axis: undefined };
  return { ...trace, channels, axis };
}

/** The trace after arithmetic, which is a step to look at. */
export function withStep(trace: PixelTrace, channels: readonly ChannelMap[], axis: number | undefined): PixelTrace {
  const next = withChannels(trace, channels, axis);
  return trace.isLearnt ? next : { ...next, steps: [...trace.steps, next.channels] };
}

import { summarise } from '../summarise.ts';
import type { EmulatedStart, Timing } from './emulated-start.ts';

interface Facts {
  readonly nameOfBefore: string;
  readonly rounds: string;
  readonly processor: string;
}

const partsOfEvent = [
  ['read', 'sourceMs'],
  ['decode', 'decodeMs'],
  ['fit', 'fitMs'],
  ['model', 'modelMs'],
] as const;

const laterOf = (start: EmulatedStart, part: keyof Timing) => start.timings.slice(1).map((timing) => timing[part]);

/** Of one start; `later` are medians of its own later events. */
const rows: readonly (readonly [name: string, of: (start: EmulatedStart) => number])[] = [
  ['start and first event', ({ startAndFirst }) => startAndFirst],
  ['of it the start', ({ startAndFirst, timings: [first] }) => startAndFirst - (first as Timing).totalMs],
  ['of it the first event', ({ timings: [first] }) => (first as Timing).totalMs],
  ...partsOfEvent.map(([name, part]) => {
    return [`first event: ${name}`, ({ timings: [first] }: EmulatedStart) => (first as Timing)[part]] as const;
  }),
  ['a later event', (start) => summarise(laterOf(start, 'totalMs')).median],
  ...partsOfEvent.map(([name, part]) => {
    return [`later event: ${name}`, (start: EmulatedStart) => summarise(laterOf(start, part)).median] as const;
  }),
  ["a later event, by the emulator's account", ({ later }) => summarise(later).median],
];

/** A section of Markdown: medians of the starts of one or two images, the last of which is this state of the project. */
export function reportEmulatedStarts(
  starts: readonly (readonly EmulatedStart[])[],
  { nameOfBefore, rounds, processor }: Facts,
): string {
  const hasBefore = starts.length > 1;
  const medians = rows.map(([name, of]) => [name, starts.map((found) => summarise(found.map(of)).median)] as const);
  const lines = medians.map(([name, values]) => {
    const [before = 0, now = 0] = values;
    return `| ${[name, ...values.map((value) => value.toFixed(1)), ...(hasBefore ? [(now / before).toFixed(2)] : [])].join(' | ')} |`;
  });
  const first = medians.find(([name]) => name === 'of it the first event')?.[1].at(-1) ?? 0;
  const later = medians.find(([name]) => name === 'a later event')?.[1].at(-1) ?? 0;
  return [
    "## On the image, under AWS's emulator",
    '',
    `Medians of ${rounds} starts of a container${hasBefore ? ' of each image, in turn' : ''}, pinned to one ${processor}: read-only, without`,
    'network, 512 MB, the drawn photo posted over and over. The emulator starts the function when its first event comes, and',
    'reports both as one; what an event takes is the function’s own account. A first event takes',
    `${(first / later).toFixed(2)} times a later one.`,
    '',
    hasBefore ? `| ms | ${nameOfBefore} | now | ratio |` : '| ms | now |',
    hasBefore ? '| --- | ---: | ---: | ---: |' : '| --- | ---: |',
    ...lines,
    '',
    'Repeat it by `npm run trial:start`.',
  ].join('\n');
}

import { asMegabytes, asMilliseconds, describeMachine, drawTable, mediansOf } from './draw-results.ts';
import type { ByContender, Results } from './results.ts';

/** The two rows that the README shows. */
export function quoteTimes({ warm, cold }: Results): string {
  const [[photo, summaries] = ['', {}]] = Object.entries(warm);
  const names = Object.keys(summaries);
  const chosen = (values: ByContender<number>) =>
    Object.fromEntries(names.map((name) => [name, values[name] ?? Number.NaN]));
  return drawTable(
    'time',
    [
      [`${photo}, warm`, chosen(mediansOf(summaries))],
      ['process start to first answer', chosen(mediansOf(cold))],
    ],
    asMilliseconds,
  );
}

/** What docs/benchmarks.md quotes. */
export function quoteResults(results: Results): string {
  const { addedBytes, bundle } = results;
  const names = Object.keys(Object.values(results.warm)[0] ?? {});
  const sizes = names.map((name) => `${name}: ${asMegabytes(addedBytes[name] ?? Number.NaN)}`).join('; ');
  return [
    quoteTimes(results),
    `What each adds to its language's base image, compressed: ${sizes}.`,
    `The bundle behind a Runtime API is ready after ${asMilliseconds(bundle.ready.median)}, and its first photo takes ` +
      `${(bundle.first.median / bundle.later.median).toFixed(2)} times a later one.`,
    `${describeMachine(results)} More in [bench/results](../bench/results/results.md).`,
  ].join('\n\n');
}

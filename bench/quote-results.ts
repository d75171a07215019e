import { asMegabytes, asMilliseconds, describeMachine, drawTable, mediansOf } from './draw-results.ts';
import type { ByContender, Results } from './results.ts';

/** What the README quotes between its two comments, which a test compares with results.json. */
export function quoteResults(results: Results): string {
  const { warm, cold, addedBytes, bundle } = results;
  const [[photo, summaries] = ['', {}]] = Object.entries(warm);
  const names = Object.keys(summaries);
  const chosen = (values: ByContender<number>) =>
    Object.fromEntries(names.map((name) => [name, values[name] ?? Number.NaN]));
  const times = drawTable(
    'time',
    [
      [`${photo}, warm`, chosen(mediansOf(summaries))],
      ['process start to first answer', chosen(mediansOf(cold))],
    ],
    asMilliseconds,
  );
  const sizes = names.map((name) => `${name}: ${asMegabytes(addedBytes[name] ?? Number.NaN)}`).join('; ');
  return [
    times,
    `What each adds to its language's base image, compressed: ${sizes}.`,
    `The bundle behind a Runtime API is ready after ${asMilliseconds(bundle.ready.median)}, and its first photo takes ` +
      `${(bundle.first.median / bundle.later.median).toFixed(2)} times a later one.`,
    `${describeMachine(results)} More in [bench/results](bench/results/results.md).`,
  ].join('\n\n');
}

import type { Answer, HealthBody } from '../../../facts/answers.ts';
import { oneProcessorInMb } from '../../../facts/lambda.ts';
import { costOfCalls } from './call-cost.ts';
import { element, make } from './element.ts';

const stages = [
  ['sourceMs', 'getting the photo'],
  ['decodeMs', 'decoding it'],
  ['fitMs', "fitting it to the model's input"],
  ['modelMs', 'running the model'],
  ['totalMs', 'all of it'],
] as const;

/** Fills the receipt: how long each stage took, and about what AWS charges for such a call. */
export function fillReceipt(
  receipt: HTMLDetailsElement,
  timing: Answer['timing'],
  health: HealthBody,
  roundTripMs: number,
): void {
  const million = costOfCalls(1_000_000, timing.totalMs, health.architecture);
  const rows: [string, string][] = [
    ...stages.map(([stage, title]): [string, string] => [title, `${timing[stage].toFixed(1)} ms`]),
    ['with the network', `${roundTripMs.toFixed(0)} ms`],
    ['start', timing.coldStart ? 'cold: the first call of this instance' : 'warm'],
    [`a million such calls, at ${oneProcessorInMb} MB`, `about $${million.toFixed(2)}`],
  ];
  element(receipt, 'summary', HTMLElement).textContent =
    `${timing.totalMs.toFixed(0)} ms${timing.coldStart ? ', cold start' : ''}`;
  element(receipt, 'tbody', HTMLElement).replaceChildren(
    ...rows.map(([title, value]) => {
      const row = make('tr');
      const head = make('th', '', title);
      head.scope = 'row';
      row.append(head, make('td', '', value));
      return row;
    }),
  );
}

import { make } from './element.ts';
import type { Health, Prediction } from './service.ts';

// AWS Lambda in us-east-1, November 2026: dollars a GB-second by architecture, and a request.
const dollarsPerGbSecond = { arm64: 0.0000133334, x86_64: 0.0000166667 };
const dollarsPerRequest = 0.0000002;
const defaultMemoryInMb = 1769;

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
  timing: Prediction['timing'],
  health: Health,
  roundTripMs: number,
): void {
  const rate = health.architecture === 'x86_64' ? dollarsPerGbSecond.x86_64 : dollarsPerGbSecond.arm64;
  const dollars = (Math.ceil(timing.totalMs) / 1000) * (defaultMemoryInMb / 1024) * rate + dollarsPerRequest;
  const rows: [string, string][] = [
    ...stages.map(([stage, title]): [string, string] => [title, `${timing[stage].toFixed(1)} ms`]),
    ['with the network', `${roundTripMs.toFixed(0)} ms`],
    ['start', timing.coldStart ? 'cold: the first call of this instance' : 'warm'],
    [`a million such calls, at ${defaultMemoryInMb} MB`, `about $${(dollars * 1e6).toFixed(2)}`],
  ];
  const summary = receipt.querySelector('summary');
  if (summary) summary.textContent = `${timing.totalMs.toFixed(0)} ms${timing.coldStart ? ', cold start' : ''}`;
  const body = receipt.querySelector('tbody');
  body?.replaceChildren(
    ...rows.map(([title, value]) => {
      const row = make('tr');
      const head = make('th', '', title);
      head.scope = 'row';
      row.append(head, make('td', '', value));
      return row;
    }),
  );
  receipt.hidden = false;
}

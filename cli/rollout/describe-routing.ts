import type { Routing } from '../operate/function-control.ts';

/** As the second half of a sentence. */
export function describeRouting({ version, canary }: Routing): string {
  if (canary === undefined) return `version ${version} has every request`;
  const percent = toPercent(canary.share);
  return `version ${version} has ${100 - percent} % of the requests, version ${canary.version} ${percent} %`;
}

export function toPercent(share: number): number {
  return Math.round(100 * share);
}

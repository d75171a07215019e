/** At most two answers a second. */
export const shortestIntervalInMs = 500;
export const longestRunInMs = 60_000;
const longestIntervalInMs = 8_000;

/** How many answers a whole run asks for at most. */
export const mostAnswers = longestRunInMs / shortestIntervalInMs;

/** The time from one photo to the next, after how the last one went: twice as long where the service is busy. */
export function nextInterval(interval: number, outcome: 'answered' | 'busy'): number {
  return outcome === 'busy' ? Math.min(interval * 2, longestIntervalInMs) : shortestIntervalInMs;
}

/** What is left to wait so that photos are that far apart. */
export function waitFor(interval: number, sentAt: number, now: number): number {
  return Math.max(0, sentAt + interval - now);
}

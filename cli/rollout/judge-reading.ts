/** What is known of a version's requests since it got the first. */
export interface Reading {
  readonly requests: number;
  /** Of them, those that ended in an error or a crash, by AWS's count. */
  readonly errors: number;
  /** Those that were answered by a status of 500 or more, by the function's log. */
  readonly failures: number;
  /** The slowest hundredth of the worst minute; undefined before the first. */
  readonly slowestInMilliseconds: number | undefined;
}

export interface Bounds {
  readonly errorPercent: number;
  readonly longestInMilliseconds: number;
}

/**
 * The alarm that a reading sets off, as the second half of a sentence; undefined where all is well. One bad minute is
 * enough, other than for the alarms of the stack: a canary has few of them.
 */
export function judgeReading(reading: Reading, { errorPercent, longestInMilliseconds }: Bounds): string | undefined {
  const { requests, errors, failures, slowestInMilliseconds: slowest = 0 } = reading;
  // Counts of two sources: a failure may be known before its request.
  const of = Math.max(requests, failures, 1);
  if ((100 * errors) / of > errorPercent) return `${errors} of its ${requests} requests ended in an error`;
  if ((100 * failures) / of > errorPercent) {
    return `${failures} of its ${of} requests were answered by a status of 500 or more`;
  }
  if (slowest > longestInMilliseconds) {
    return `its slowest hundredth took ${Math.round(slowest)} ms, more than ${Math.round(longestInMilliseconds)}`;
  }
  return undefined;
}

export function describeReading({ requests, errors, failures, slowestInMilliseconds: slowest }: Reading): string {
  const faults = errors + failures === 0 ? 'none failed' : `${errors} errors, ${failures} answers of 500 or more`;
  return `${requests} requests, ${faults}${slowest === undefined ? '' : `, slowest hundredth ${Math.round(slowest)} ms`}`;
}

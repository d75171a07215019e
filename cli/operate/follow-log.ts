import { setTimeout as sleep } from 'node:timers/promises';
import type { LogEvent, LogGroup } from './log-group.ts';

export interface FollowOptions {
  readonly since: Date;
  readonly filter: string | undefined;
  /** How long to wait before asking again. */
  readonly pauseInMilliseconds: number;
  readonly signal: AbortSignal;
}

// Events arrive out of order by so much: those of other instances are asked for again.
const overlapInMilliseconds = 30_000;

/** Every event from a time on, once each, until the signal ends it. */
export async function* followLog(group: LogGroup, options: FollowOptions): AsyncIterable<LogEvent> {
  const { filter, pauseInMilliseconds, signal } = options;
  let seen = new Map<string, number>();
  let since = options.since.getTime();
  while (!signal.aborted) {
    for await (const event of group.read(new Date(since), filter)) {
      if (seen.has(event.id)) continue;
      seen.set(event.id, event.time.getTime());
      yield event;
    }
    const newest = Math.max(since, ...seen.values());
    since = Math.max(since, newest - overlapInMilliseconds);
    seen = new Map([...seen].filter(([, time]) => time >= since));
    await sleep(pauseInMilliseconds, undefined, { signal }).catch(() => undefined);
  }
}

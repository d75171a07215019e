import type { Prices } from '../../facts/prices.ts';
import { alwaysOn } from '../../facts/server-prices.ts';
import { billOf, type Usage } from './bill.ts';

const hoursInDay = 24;
const daysInMonth = 30;
const secondsInDay = hoursInDay * 3600;

/** An always-on machine beside the function. */
export interface ServerChoice {
  readonly name: string;
  /** Dollars for 30 days. */
  readonly dollars: number;
  /** Photos a day from which on the machine is cheaper than the function; Infinity where it never is. */
  readonly breakEvenPhotosADay: number;
  /** Photos a day that its processors compute if they come evenly spread; undefined where it may work at a share only. */
  readonly mostPhotosADay: number | undefined;
  readonly source: string;
}

/**
 * What stays on around the clock beside the same work on Lambda, whose bill grows with the photos. Both without a free tier;
 * the machine's processors are taken to be as fast as the function's.
 */
export function compareServers(usage: Usage, prices: Prices): readonly ServerChoice[] {
  const million = 1e6;
  const { lines } = billOf({ ...usage, photos: million }, prices, { isFreeTierUsed: false });
  // The image is stored either way.
  const perPhoto =
    lines.filter(({ title }) => title !== 'registry').reduce((sum, line) => sum + line.dollars, 0) / million;
  return alwaysOn.map(({ name, dollarsAnHour, processors, source }) => {
    const dollars = dollarsAnHour * hoursInDay * daysInMonth;
    return {
      name,
      dollars,
      breakEvenPhotosADay: dollars / daysInMonth / perPhoto,
      mostPhotosADay:
        processors === undefined ? undefined : Math.floor((processors * secondsInDay * 1000) / usage.warmMilliseconds),
      source,
    };
  });
}

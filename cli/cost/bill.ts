import { megabytesInGigabyte } from '../../facts/lambda.ts';
import {
  type Architecture,
  type DoorName,
  freeEachMonth,
  httpApiUnitInKilobytes,
  type Prices,
} from '../../facts/prices.ts';

/** A month of use. */
export interface Usage {
  readonly photos: number;
  readonly photoSizeInKilobytes: number;
  readonly memoryInMb: number;
  readonly architecture: Architecture;
  readonly door: DoorName;
  /** Billed time of one warm call. */
  readonly warmMilliseconds: number;
  /** Billed time that a cold start adds. */
  readonly coldMilliseconds: number;
  /** Share of the calls that start cold, 0–1. */
  readonly coldShare: number;
  readonly imageSizeInMegabytes: number;
}

export interface BillLine {
  readonly title: string;
  /** How the amount comes about, in figures. */
  readonly how: string;
  readonly dollars: number;
}

export interface Bill {
  readonly lines: readonly BillLine[];
  readonly dollars: number;
}

const answerSizeInKilobytes = 1.5;
/** What the function's log grows by with each request: its own line of 0.4 kB, metrics of 0.7, and what Lambda writes of start and end. */
const functionLogInKilobytes = 1.7;
/** A line of the API's access log. */
const accessLogInKilobytes = 0.3;
const kilobytesPerGigabyte = 1024 * 1024;

/** The GB-seconds of the month: billed milliseconds are whole ones, memory counts as configured, starts included. */
export function gbSecondsOf(usage: Usage): number {
  const milliseconds = Math.ceil(usage.warmMilliseconds) + usage.coldShare * Math.ceil(usage.coldMilliseconds);
  return (usage.photos * milliseconds * usage.memoryInMb) / 1000 / megabytesInGigabyte;
}

/** The month's bill by line, with or without what AWS gives free every month. */
export function billOf(usage: Usage, prices: Prices, options: { readonly isFreeTierUsed: boolean }): Bill {
  const beyond = (amount: number, free: number) => Math.max(0, amount - (options.isFreeTierUsed ? free : 0));
  const gbSeconds = beyond(gbSecondsOf(usage), freeEachMonth.gbSeconds);
  const invocations = beyond(usage.photos, freeEachMonth.invocations);
  const out = beyond((usage.photos * answerSizeInKilobytes) / kilobytesPerGigabyte, freeEachMonth.gigabytesOut);
  const logOfRequest = functionLogInKilobytes + (usage.door === 'function-url' ? 0 : accessLogInKilobytes);
  const logs = beyond((usage.photos * logOfRequest) / kilobytesPerGigabyte, freeEachMonth.gigabytesOfLogs);
  const registry = usage.imageSizeInMegabytes / megabytesInGigabyte;
  const units =
    usage.door === 'http-api' ? Math.max(1, Math.ceil(usage.photoSizeInKilobytes / httpApiUnitInKilobytes)) : 1;
  const doorPrice = prices.millionRequests[usage.door];
  const lines: BillLine[] = [
    line('Lambda, time', gbSeconds, 'GB-s', prices.gbSecond[usage.architecture]),
    line('Lambda, invocations', invocations / 1e6, 'million', prices.millionInvocations),
    line(`door: ${usage.door}`, (usage.photos * units) / 1e6, 'million requests', doorPrice),
    line('traffic out', out, 'GB', prices.gigabyteOut),
    line('logs', logs, 'GB', prices.gigabyteOfLogs),
    line('registry', registry, 'GB', prices.gigabyteMonthOfRegistry),
  ];
  return { lines, dollars: lines.reduce((sum, { dollars }) => sum + dollars, 0) };
}

function line(title: string, amount: number, unit: string, price: number): BillLine {
  return { title, how: `${format(amount)} ${unit} × $${price}`, dollars: amount * price };
}

function format(amount: number): string {
  return amount.toLocaleString('en-US', { maximumFractionDigits: amount < 10 ? 3 : 0 });
}

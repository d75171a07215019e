import type { Settings } from './settings.ts';

// List prices of us-east-1, first tier, November 2026: https://aws.amazon.com/lambda/pricing/
const dollarsPerGigabyteSecond = { arm64: 0.0000133334, x86_64: 0.0000166667 } as const;
const dollarsPerRequest = 0.0000002;

const secondsInMonth = 30 * 24 * 60 * 60;
/** Lambda lets an instance take at most ten requests a second. */
const requestsPerSecondAndInstance = 10;
const megabytesInGigabyte = 1024;

/**
 * What 30 days cost when someone keeps that many instances busy all the time: compute and requests, without transfer.
 * @returns whole dollars.
 */
export function worstMonthlyBill(settings: Pick<Settings, 'architecture' | 'memoryInMb'>, concurrency: number): number {
  const gigabytes = settings.memoryInMb / megabytesInGigabyte;
  const dollarsPerSecond =
    gigabytes * dollarsPerGigabyteSecond[settings.architecture] + requestsPerSecondAndInstance * dollarsPerRequest;
  return Math.round(concurrency * secondsInMonth * dollarsPerSecond);
}

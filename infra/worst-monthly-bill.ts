import { megabytesInGigabyte, requestsPerSecondAndInstance } from '../facts/lambda.ts';
import { lambdaDollars } from '../facts/prices.ts';
import type { StackSettings } from './settings.ts';

const secondsInMonth = 30 * 24 * 60 * 60;

/**
 * What 30 days cost when someone keeps that many instances busy all the time: compute and requests, without transfer.
 * @returns whole dollars.
 */
export function worstMonthlyBill(
  settings: Pick<StackSettings, 'architecture' | 'memoryInMb'>,
  concurrency: number,
): number {
  const seconds = concurrency * secondsInMonth;
  const gbSeconds = (seconds * settings.memoryInMb) / megabytesInGigabyte;
  return Math.round(lambdaDollars(settings.architecture, gbSeconds, seconds * requestsPerSecondAndInstance));
}

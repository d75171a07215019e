import { megabytesInGigabyte, oneProcessorInMb } from '../../../facts/lambda.ts';
import { lambdaDollars } from '../../../facts/prices.ts';

/** About what Lambda takes for so many calls of so many milliseconds each, before anything that is free. */
export function costOfCalls(calls: number, milliseconds: number, architecture: string): number {
  const gbSeconds = (calls * Math.ceil(milliseconds) * oneProcessorInMb) / 1000 / megabytesInGigabyte;
  return lambdaDollars(architecture === 'x86_64' ? 'x86_64' : 'arm64', gbSeconds, calls);
}

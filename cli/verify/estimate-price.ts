import { lambdaDollars, northVirginia } from '../../facts/prices.ts';

/** More than all steps send together; each call is counted as ten seconds with the larger memory of the two. */
const calls = 150;
const secondsOfCall = 10;
const memoryInGigabytes = 2;
/** Both as if they stayed for a month, which they do not. */
const gigabytesOfImages = 0.3;
const gigabytesOfLogs = 0.001;

/** Dollars that one verification takes at most, without any free tier. */
export function estimatePrice(): number {
  const { millionRequests, gigabyteMonthOfRegistry, gigabyteOfLogs } = northVirginia;
  return (
    lambdaDollars('x86_64', calls * secondsOfCall * memoryInGigabytes, calls) +
    (calls / 1e6) * millionRequests['http-api'] +
    gigabytesOfImages * gigabyteMonthOfRegistry +
    gigabytesOfLogs * gigabyteOfLogs
  );
}

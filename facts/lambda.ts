// What AWS says of Lambda, each figure with the page where it was seen in November 2026.

/** At this memory a function has the equivalent of one virtual CPU, below it a share in proportion. */
// https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html
export const oneProcessorInMb = 1769;

// The same page.
export const leastMemoryInMb = 128;
export const mostMemoryInMb = 10_240;

/** Memory is set in MB and billed in GB of so many. */
export const megabytesInGigabyte = 1024;

/** What the body of an event is at most, as base64 and beside the headers. The guide says 6 MB, the service so many bytes. */
// https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
// https://github.com/awslabs/aws-athena-query-federation/issues/793
export const maximumEventSizeInBytes = 6_291_456;

/** Instances at a time in an account and region, unless AWS has set another number; a new account has less. */
// https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
export const usualConcurrencyQuota = 1_000;

/** So many of an account's instances can't be reserved for one function. */
// https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html
export const leastUnreservedConcurrency = 100;

/** What one instance takes at most. */
// https://docs.aws.amazon.com/lambda/latest/dg/scaling-behavior.html: 10,000 requests a second for 1,000 instances
export const requestsPerSecondAndInstance = 10;

// Prices of us-east-1 in November 2026, beside those of prices.ts, for work on many photos.

export const bulkPrices = {
  // https://c3x.dev/blog/s3-request-fees-explained
  millionGets: 0.4,
  millionPuts: 5,
  // https://cloudburn.io/blog/amazon-sqs-pricing
  millionQueueRequests: 0.4,
  // https://aws.amazon.com/step-functions/pricing/: $0.06 for a GB-hour, in steps of 64 MB
  millionExpressRuns: 1,
  expressGbSecond: 0.06 / 3_600,
  // https://sysdesign-wiki.pages.dev/systems/s3-batch-operations/, which quotes it
  batchOperationsJob: 0.25,
  // seen only as others quote it, and so is what a job costs; https://aws.amazon.com/s3/pricing/ has it under management and insights
  millionBatchOperations: 1,
} as const;

/** What an Express execution is billed for at least. */
// https://aws.amazon.com/step-functions/pricing/
export const expressMemoryInMb = 64;

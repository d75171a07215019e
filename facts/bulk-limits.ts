// What bounds work on many photos, each figure with the page where it was seen in November 2026.

/** Instances that a queue's event source mapping begins with, adds in a minute, and holds at most. */
// https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html
export const queueScaling = { atFirst: 5, moreEachMinute: 300, most: 1_250 } as const;

/** What `MaximumConcurrency` of an event source mapping may be. */
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-lambda-eventsourcemapping-scalingconfig.html
export const queueConcurrency = { least: 2, most: 1_000 } as const;

/** The same in provisioned mode, which goes without `MaximumConcurrency`: pollers, and the instances that each invokes. */
// https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-parameters.html
// https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html
export const provisionedPollers = { least: 2, most: 2_000, instancesEach: 10, moreInstancesEachMinute: 1_000 } as const;

/** Messages of a queue in a batch at most. */
// https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-parameters.html
export const mostMessagesInBatch = 10_000;

/** Above so many messages a batch needs a window of a second or more. */
// https://docs.aws.amazon.com/sdk-for-kotlin/api/latest/lambda/aws.sdk.kotlin.services.lambda.model/-get-event-source-mapping-response/maximum-batching-window-in-seconds.html
export const mostMessagesWithoutWindow = 10;

/** A message stays invisible for so many timeouts of the function, and the window on top, before it is handed out again. */
// https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
export const visibilityInTimeouts = 6;

/** A message is tried so often before it counts as poison: fewer, and throttling alone fills the dead-letter queue. */
// https://docs.aws.amazon.com/lambda/latest/dg/sqs-retries.html
export const leastReceives = 5;

/** Messages that were received and not yet deleted, of one queue. */
// https://docs.aws.amazon.com/sdkfornet/latest/apidocs/items/MSQSSQSChangeMessageVisibilityChangeMessageVisibilityRequestNET35.html
export const mostMessagesInFlight = 120_000;

/** Messages that one call of SQS receives or deletes at most. */
// https://docs.aws.amazon.com/sdk-for-kotlin/api/latest/sqs/aws.sdk.kotlin.services.sqs.model/-receive-message-request/max-number-of-messages.html
// https://docs.amazonaws.cn/AWSSimpleQueueService/latest/APIReference/API_DeleteMessageBatch.html
export const messagesInCall = 10;

/** New instances of a function, every ten seconds. */
// https://docs.aws.amazon.com/lambda/latest/dg/scaling-behavior.html
export const newInstancesEachSecond = 100;

/** One run of a Distributed Map: children at a time, Express children started in a second, items and bytes of a list. */
// https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
// five minutes: https://docs.aws.amazon.com/en_us/step-functions/latest/dg/concepts-express-synchronous.html
export const distributedMap = {
  mostChildren: 10_000,
  startsEachSecond: 1_000,
  mostItems: 100_000_000,
  longestChildInSeconds: 300,
} as const;

/** GETs a second that one partitioned prefix of a bucket answers at least. */
// https://docs.aws.amazon.com/athena/latest/ug/performance-tuning-s3-throttling-reduce-throttling-at-the-service-level.html
export const getsPerSecondAndPrefix = 5_500;

/** How long S3 takes to divide a busy prefix, at the longest. */
// https://aws.amazon.com/premiumsupport/knowledge-center/s3-object-key-naming-pattern/: 30 to 60 minutes
export const prefixDivisionInMinutes = 60;

/** Objects that S3 lists in one request at most. */
// https://docs.aws.amazon.com/sdk-for-sap-abap/v1/api/latest/s3/model/_AWS1_CL_S3_LISTOBJSV2OUTPUT.html
export const keysInList = 1_000;

/** A custom metric of the service. Each costs as one, since every line has the same single dimension. */
export interface Metric {
  readonly unit: 'None' | 'Milliseconds' | 'Bytes' | 'Megabytes';
  readonly sentence: string;
}

export const metricNamespace = 'lambda-lens';
/** The one dimension, under the name that AWS's own metrics of Lambda have it. */
export const metricDimension = 'FunctionName';

/**
 * What a request's line counts. A share is 0 or 1, so its average is the share and its number of samples the whole. Ten, as
 * many as CloudWatch gives free: https://aws.amazon.com/cloudwatch/pricing/
 */
export const metrics = {
  Refused: { unit: 'None', sentence: 'share of photos, or requests without one, answered by a status from 400 to 499' },
  Failed: { unit: 'None', sentence: 'the same with 500 and more' },
  ColdStart: { unit: 'None', sentence: 'share of requests that were the first of their instance' },
  Unsure: { unit: 'None', sentence: 'share of answered photos with the verdict `unsure`' },
  Unfamiliar: { unit: 'None', sentence: 'share of answered photos with the verdict `unfamiliar`' },
  Bytes: { unit: 'Bytes', sentence: 'size of an answered photo' },
  SourceMs: { unit: 'Milliseconds', sentence: 'reading or fetching it' },
  DecodeMs: { unit: 'Milliseconds', sentence: 'decoding it, and fitting it to the input' },
  ModelMs: { unit: 'Milliseconds', sentence: 'the model' },
  MemoryMb: { unit: 'Megabytes', sentence: 'memory that the instance holds after the request' },
} as const satisfies Readonly<Record<string, Metric>>;

export type MetricName = keyof typeof metrics;

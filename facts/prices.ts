export type Architecture = 'arm64' | 'x86_64';
export type DoorName = 'function-url' | 'http-api' | 'rest-api';

/** On-demand prices of one region in US dollars, before any free tier. */
export interface Prices {
  readonly region: string;
  readonly dated: string;
  readonly gbSecond: Readonly<Record<Architecture, number>>;
  readonly millionInvocations: number;
  readonly millionRequests: Readonly<Record<DoorName, number>>;
  readonly gigabyteOut: number;
  readonly gigabyteOfLogs: number;
  readonly gigabyteMonthOfRegistry: number;
}

/** The first price tier of each service. AWS changes prices rarely; `lambda-lens cost` takes flags for those that differ elsewhere. */
export const northVirginia: Prices = {
  region: 'us-east-1',
  dated: '2026-11',
  gbSecond: { arm64: 0.0000133334, x86_64: 0.0000166667 },
  millionInvocations: 0.2,
  millionRequests: { 'function-url': 0, 'http-api': 1, 'rest-api': 3.5 },
  gigabyteOut: 0.09,
  gigabyteOfLogs: 0.5,
  gigabyteMonthOfRegistry: 0.1,
};

/** Where the prices were seen. These pages quote aws.amazon.com/{lambda,api-gateway,ec2,cloudwatch,ecr}/pricing. */
export const priceSources = [
  // GB-seconds
  'https://cloudchipr.com/blog/aws-lambda-pricing',
  // invocations, and what is free of both
  'https://raw.githubusercontent.com/api-evangelist/aws-lambda/refs/heads/main/plans/aws-lambda-plans-pricing.yml',
  // requests at a door, traffic out
  'https://amnic.com/blogs/aws-api-gateway-pricing',
  // logs
  'https://www.factualminds.com/blog/amazon-cloudwatch-pricing-metrics-logs-alarms-dashboards/',
  // registry
  'https://cloudburn.io/blog/amazon-ecr-pricing',
] as const;

/** What AWS gives every month without end: Lambda's invocations and GB-seconds, traffic out, logs. */
export const freeEachMonth = {
  invocations: 1_000_000,
  gbSeconds: 400_000,
  gigabytesOut: 100,
  // https://aws.amazon.com/cloudwatch/pricing/
  gigabytesOfLogs: 5,
} as const;

/** An HTTP API counts a request again for every so many kB of its body. */
// https://docs.aws.amazon.com/whitepapers/latest/best-practices-api-gateway-private-apis-integration/cost-optimization.html
export const httpApiUnitInKilobytes = 512;

/** Dollars that Lambda takes for so many GB-seconds and invocations, without the free tier and what stands in front of it. */
export function lambdaDollars(
  architecture: Architecture,
  gbSeconds: number,
  invocations: number,
  prices: Prices = northVirginia,
): number {
  return gbSeconds * prices.gbSecond[architecture] + (invocations / 1e6) * prices.millionInvocations;
}

export type Architecture = 'arm64' | 'x86_64';
export type Door = 'function-url' | 'http-api' | 'rest-api';

/** On-demand prices of one region in US dollars, before any free tier. */
export interface Prices {
  readonly region: string;
  readonly dated: string;
  readonly source: string;
  readonly gbSecond: Readonly<Record<Architecture, number>>;
  readonly millionInvocations: number;
  readonly millionRequests: Readonly<Record<Door, number>>;
  readonly gigabyteOut: number;
  readonly gigabyteOfLogs: number;
  readonly gigabyteMonthOfRegistry: number;
}

/**
 * The first price tier of each service, as its public pricing page gives it. AWS changes prices rarely; `lambda-lens cost`
 * takes flags for those that differ elsewhere.
 */
export const northVirginia: Prices = {
  region: 'us-east-1',
  dated: '2026-11',
  source: 'aws.amazon.com/{lambda,api-gateway,ec2,cloudwatch,ecr}/pricing',
  gbSecond: { arm64: 0.0000133334, x86_64: 0.0000166667 },
  millionInvocations: 0.2,
  millionRequests: { 'function-url': 0, 'http-api': 1, 'rest-api': 3.5 },
  gigabyteOut: 0.09,
  gigabyteOfLogs: 0.5,
  gigabyteMonthOfRegistry: 0.1,
};

/** What AWS gives every month without end: Lambda's invocations and GB-seconds, traffic out, logs. */
export const freeEachMonth = {
  invocations: 1_000_000,
  gbSeconds: 400_000,
  gigabytesOut: 100,
  gigabytesOfLogs: 5,
} as const;

/** An HTTP API counts a request again for every 512 kB of its body. */
export const httpApiUnitInKilobytes = 512;

import { type DoorName, northVirginia, type Prices } from './prices.ts';

/** The prices of a region that were seen; what is missing was not. */
interface SeenPrices {
  readonly gbSecond: Partial<Prices['gbSecond']>;
  readonly millionRequests?: Partial<Record<DoorName, number>>;
  readonly gigabyteOfLogs?: number;
  /** The page or file where they were seen. */
  readonly source: string;
}

// A copy of https://calculator.aws/pricing/2.0/meteredUnitMaps/lambda/USD/current/lambda.json
const calculator =
  'https://github.com/remotion-dev/remotion/blob/046e45a4f63b969222351c3768bf7fcd3cf4d1f3/packages/lambda/src/pricing/price-per-1-s.ts';
const everywhere = { gbSecond: { arm64: 0.0000133334, x86_64: 0.0000166667 }, source: calculator };

const seen: Readonly<Record<string, SeenPrices>> = {
  'us-east-2': everywhere,
  'us-west-2': everywhere,
  // Copied in October 2026 from https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/{AWSLambda,AmazonApiGateway,AmazonCloudWatch}
  'eu-west-1': {
    gbSecond: { arm64: 0.0000133334, x86_64: 0.0000166667 },
    millionRequests: { 'http-api': 1.11, 'rest-api': 3.5 },
    gigabyteOfLogs: 0.57,
    source:
      'https://github.com/mamtha4u/SDLC/blob/45b7bae453281a7599bcbe863f7e547e2fd5e1ef/backend/config/pricing_eu-west-1.json',
  },
  'eu-west-2': everywhere,
  'eu-central-1': everywhere,
  // Copied in October 2026 from the same lists.
  'ap-northeast-2': {
    gbSecond: { arm64: 0.0000133334 },
    millionRequests: { 'http-api': 1.23 },
    gigabyteOfLogs: 0.76,
    source:
      'https://github.com/roboco-io/cau-vibecoding-demo/blob/6e453fbf8ee3cf61e4cee6d97ca35de7d3225f46/projects/diamonddb/docs/cost/pricing-snapshot.json',
  },
  'ap-northeast-1': everywhere,
  'ap-south-1': everywhere,
  'ap-southeast-1': everywhere,
  'ap-southeast-2': everywhere,
};

/** Prices of a region, and which of them had to be borrowed from another. */
export interface RegionPrices extends Prices {
  /** Name of a price, such as `logs`, by the region it was taken from. */
  readonly borrowed: readonly { readonly name: string; readonly from: string }[];
  readonly sources: readonly string[];
}

/**
 * What a region takes. A price that was not seen is that of the nearest region where it was: one of the same continent (the
 * letters before the first hyphen), else N. Virginia. `borrowed` says which.
 */
export function pricesIn(region: string): RegionPrices {
  const borrowed: { name: string; from: string }[] = [];
  const sources = new Set<string>();
  const find = (name: string, pick: (prices: SeenPrices) => number | undefined, fallback: number): number => {
    for (const [from, prices] of nearestFirst(region)) {
      const value = pick(prices);
      if (value === undefined) continue;
      if (from !== region) borrowed.push({ name, from });
      sources.add(prices.source);
      return value;
    }
    if (region !== northVirginia.region) borrowed.push({ name, from: northVirginia.region });
    return fallback;
  };
  const { gbSecond, millionRequests } = northVirginia;
  return {
    region,
    dated: northVirginia.dated,
    gbSecond: {
      arm64: find('GB-seconds on arm64', (prices) => prices.gbSecond.arm64, gbSecond.arm64),
      x86_64: find('GB-seconds on x86_64', (prices) => prices.gbSecond.x86_64, gbSecond.x86_64),
    },
    // The files above have one price of invocations for all their regions.
    millionInvocations: northVirginia.millionInvocations,
    millionRequests: {
      'function-url': 0,
      'http-api': find('HTTP API', (prices) => prices.millionRequests?.['http-api'], millionRequests['http-api']),
      'rest-api': find('REST API', (prices) => prices.millionRequests?.['rest-api'], millionRequests['rest-api']),
    },
    gigabyteOut: find('traffic out', () => undefined, northVirginia.gigabyteOut),
    gigabyteOfLogs: find('logs', (prices) => prices.gigabyteOfLogs, northVirginia.gigabyteOfLogs),
    gigabyteMonthOfRegistry: find('registry', () => undefined, northVirginia.gigabyteMonthOfRegistry),
    borrowed,
    sources: [...sources],
  };
}

function nearestFirst(region: string): readonly (readonly [string, SeenPrices])[] {
  if (region === northVirginia.region) return [];
  const [continent] = region.split('-');
  const own = seen[region];
  const neighbours = Object.entries(seen).filter(([name]) => name !== region && name.startsWith(`${continent}-`));
  return own === undefined ? neighbours : [[region, own], ...neighbours];
}

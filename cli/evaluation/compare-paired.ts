/** What two models made of the same photos. */
export interface PairedCounts {
  readonly photos: number;
  /** Photos that the model before had wrong and this one has right. */
  readonly mended: number;
  /** The reverse. */
  readonly broken: number;
}

export interface PairedComparison {
  /** `same`: no difference that so many photos can show. */
  readonly verdict: 'better' | 'same' | 'worse';
  /** How often chance alone would bring a difference at least as large, 0 to 1. */
  readonly chance: number;
  /** The 95 % interval of the difference of the shares of right answers, -1 to 1; above 0 speaks for this model. */
  readonly low: number;
  readonly high: number;
}

const significantBelow = 0.05;
const standardDeviationsOf95Percent = 1.959964;

/**
 * Whether of two models one is right more often, by the photos that only one of them has right: McNemar's test (1947) in the
 * form that Fagerland, Lydersen and Laake recommend (2013, BMC Medical Research Methodology 13:91), exact and mid-p. The
 * interval is that of Bonett and Price (2012), which holds for few photos too.
 */
export function comparePaired({ photos, mended, broken }: PairedCounts): PairedComparison {
  const chance = midP(mended, broken);
  const verdict = chance >= significantBelow ? 'same' : mended > broken ? 'better' : 'worse';
  const [up, down] = [mended, broken].map((count) => (count + 1) / (photos + 2)) as [number, number];
  const spread = standardDeviationsOf95Percent * Math.sqrt((up + down - (up - down) ** 2) / (photos + 2));
  return { verdict, chance, low: Math.max(-1, up - down - spread), high: Math.min(1, up - down + spread) };
}

/** Two-sided; of the cases that are as likely as the one seen, half count. */
function midP(one: number, other: number): number {
  const trials = one + other;
  if (trials === 0) return 1;
  const fewest = Math.min(one, other);
  let logarithm = -trials * Math.LN2;
  let below = 0;
  for (let hits = 0; hits < fewest; hits++) {
    below += Math.exp(logarithm);
    logarithm += Math.log((trials - hits) / (hits + 1));
  }
  const seen = Math.exp(logarithm);
  return one === other ? 1 - seen / 2 : Math.min(1, 2 * below + seen);
}

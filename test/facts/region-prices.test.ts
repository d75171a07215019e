import { describe, expect, it } from 'vitest';
import { northVirginia } from '../../facts/prices.ts';
import { pricesIn } from '../../facts/region-prices.ts';

describe('the prices of a region', () => {
  it('are the known ones of N. Virginia, nothing borrowed', () => {
    const { borrowed, sources, ...prices } = pricesIn('us-east-1');

    expect(prices).toEqual(northVirginia);
    expect(borrowed).toEqual([]);
    expect(sources).toEqual([]);
  });

  it('are its own where they were seen, with the file that had them', () => {
    const prices = pricesIn('eu-west-1');

    expect(prices.millionRequests).toEqual({ 'function-url': 0, 'http-api': 1.11, 'rest-api': 3.5 });
    expect(prices.gigabyteOfLogs).toBe(0.57);
    expect(prices.sources).toEqual([expect.stringContaining('pricing_eu-west-1.json')]);
  });

  it.each([
    ['eu-central-1', 'HTTP API', 'eu-west-1', 1.11],
    ['ap-southeast-1', 'HTTP API', 'ap-northeast-2', 1.23],
    ['us-west-2', 'HTTP API', 'us-east-1', 1],
    ['sa-east-1', 'HTTP API', 'us-east-1', 1],
  ])('that were not seen for %s are borrowed: the %s from %s', (region, name, from, dollars) => {
    const prices = pricesIn(region);

    expect(prices.millionRequests['http-api']).toBe(dollars);
    expect(prices.borrowed).toContainEqual({ name, from });
  });

  it.each(
    'us-east-2 us-west-2 eu-west-1 eu-west-2 eu-central-1 ap-northeast-1 ap-south-1 ap-southeast-1 ap-southeast-2'.split(
      ' ',
    ),
  )('of a GB-second are those of N. Virginia in %s, as they were seen there', (region) => {
    const { gbSecond, borrowed } = pricesIn(region);

    expect(gbSecond).toEqual({ arm64: 0.0000133334, x86_64: 0.0000166667 });
    expect(borrowed.map(({ name }) => name)).not.toContain('GB-second');
  });

  it('of a GB-second are, for ap-northeast-2, seen for arm64 alone', () => {
    expect(pricesIn('ap-northeast-2')).toMatchObject({ gbSecond: { arm64: 0.0000133334 }, gigabyteOfLogs: 0.76 });
  });

  it('of traffic and the registry were seen in N. Virginia alone', () => {
    const { borrowed } = pricesIn('eu-west-1');

    expect(borrowed).toEqual([
      { name: 'traffic out', from: 'us-east-1' },
      { name: 'registry', from: 'us-east-1' },
    ]);
  });
});

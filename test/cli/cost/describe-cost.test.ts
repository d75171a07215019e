import { describe, expect, it } from 'vitest';
import type { Usage } from '../../../cli/cost/bill.ts';
import { type Cost, describeCost } from '../../../cli/cost/describe-cost.ts';
import { describeServers } from '../../../cli/cost/describe-servers.ts';
import { drawCostChart } from '../../../cli/cost/draw-cost-chart.ts';
import { northVirginia } from '../../../facts/prices.ts';
import type { RegionPrices } from '../../../facts/region-prices.ts';

const usage: Usage = {
  photos: 1_000_000,
  photoSizeInKilobytes: 200,
  memoryInMb: 1024,
  architecture: 'arm64',
  door: 'http-api',
  warmMilliseconds: 101,
  coldMilliseconds: 1000,
  coldShare: 0.0123,
  imageSizeInMegabytes: 50,
};
const borrowedNames = ['seconds on arm64', 'seconds on x86_64', 'HTTP API', 'REST API', 'logs'];
const prices: RegionPrices = {
  ...northVirginia,
  region: 'eu-test-1',
  dated: '2026-11-01',
  borrowed: borrowedNames.map((name) => ({ name, from: name === 'logs' ? 'eu-west-1' : 'us-east-1' })),
  sources: ['https://example.com/prices'],
};
const choice = (memoryInMb: number, dollars: number, isMeasured = false) => ({
  memoryInMb,
  warmMilliseconds: 102_400 / memoryInMb,
  dollars,
  isMeasured,
});
const billOf = (...dollars: number[]) => ({
  lines: dollars.map((amount, at) => ({ title: `line ${at}`, how: `because ${at}`, dollars: amount })),
  dollars: dollars.reduce((sum, amount) => sum + amount, 0),
});
const cost: Cost = {
  usage,
  prices,
  paid: billOf(1, 20.5),
  withFreeTier: billOf(0, 2.25),
  memories: [choice(512, 2), choice(1024, 1, true)],
};

describe('a bill in words', () => {
  it('has a line for each of its lines, without and with the free tier', () => {
    const lines = describeCost(cost).split('\n');

    expect(lines.slice(0, 12)).toEqual([
      '1,000,000 photos a month, arm64, 1024 MB, eu-test-1 prices of 2026-11-01:',
      '',
      '                          without with free tier',
      '  line 0                    $1.00        $0.00   because 0',
      '  line 1                   $20.50        $2.25   because 1',
      '  all                      $21.50        $2.25',
      '',
      'By memory, without the free tier (one CPU from 1,769 MB on; less memory, less CPU):',
      '    512 MB    200 ms      $2.00   by its share of a CPU',
      '   1024 MB    100 ms      $1.00   measured   <- cheapest',
      '',
      'A warm call is counted with 101 ms, 1.2 % of the calls start cold.',
    ]);
    expect(lines.slice(14, 16)).toEqual(['Prices as these pages give them:', '  https://example.com/prices']);
  });

  it('marks the largest of those that cost the least alike', () => {
    const memories = [choice(512, 1.001), choice(1024, 0.999), choice(2048, 3)];

    const lines = describeCost({ ...cost, memories }).split('\n');

    expect(lines.filter((line) => line.includes('<-')).map((line) => line.split('<- ')[1])).toEqual([
      'cheapest alike',
      'cheapest alike, the quickest of them',
    ]);
  });

  it.each([
    ['http-api', 'arm64', 'seconds on arm64, HTTP API'],
    ['rest-api', 'arm64', 'seconds on arm64, REST API'],
    ['function-url', 'arm64', 'seconds on arm64'],
    ['function-url', 'x86_64', 'seconds on x86_64'],
  ] as const)('names prices that stand in for others, of what is paid: %s, %s', (door, architecture, names) => {
    const lines = describeCost({ ...cost, usage: { ...usage, door, architecture } }).split('\n');

    expect(lines.filter((line) => line.startsWith('Not seen'))).toEqual([
      `Not seen for eu-test-1, and counted as in us-east-1: ${names}.`,
      'Not seen for eu-test-1, and counted as in eu-west-1: logs.',
    ]);
  });
});

it('shows machines that stay on in columns', () => {
  const server = { dollars: 7.5, source: 'https://example.com/machine' };
  const lines = describeServers(
    [
      { ...server, name: 'small', breakEvenPhotosADay: 1234.4, mostPhotosADay: undefined },
      { ...server, name: 'the largest', breakEvenPhotosADay: Infinity, mostPhotosADay: 86_400 },
    ],
    usage,
  ).split('\n');

  expect(lines.slice(1, 4)).toEqual([
    '                a month    cheaper from  computes at most',
    '  small           $7.50           1,234      a share only',
    '  the largest     $7.50           never            86,400',
  ]);
  expect(lines[5]).toContain('at 101 ms a photo');
  expect(lines.at(-1)).toBe('  https://example.com/machine');
});

it('draws a month by volume, four points a decade, with and without the free tier', async () => {
  const chart = await drawCostChart(usage, northVirginia);
  const points = [...chart.matchAll(/aria-label="photos a month: ([\d,.]+[kM]?)[^"]*bill: ([^"]+)"/g)];
  const volumes = (bill: string) => new Set(points.filter((point) => point[2] === bill).map((point) => point[1])).size;

  expect([volumes('with the free tier'), volumes('without the free tier')]).toEqual([17, 17]);
});

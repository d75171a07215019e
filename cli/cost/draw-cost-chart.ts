import type { Prices } from '../../facts/prices.ts';
import { renderChart } from '../chart/render-chart.ts';
import { billOf, type Usage } from './bill.ts';

const smallestVolume = 1_000;
const largestVolume = 10_000_000;
const pointsPerDecade = 4;

/** Dollars a month against photos a month, 1,000 to 10 million, with and without the free tier; SVG text. */
export async function drawCostChart(usage: Usage, prices: Prices): Promise<string> {
  const decades = Math.log10(largestVolume / smallestVolume);
  const values = Array.from({ length: decades * pointsPerDecade + 1 }, (_, index) => {
    const photos = Math.round(smallestVolume * 10 ** (index / pointsPerDecade));
    return [false, true].map((isFreeTierUsed) => ({
      photos,
      dollars: billOf({ ...usage, photos }, prices, { isFreeTierUsed }).dollars,
      bill: isFreeTierUsed ? 'with the free tier' : 'without the free tier',
    }));
  }).flat();
  return renderChart({
    title: `A month by volume: ${usage.door}, ${usage.architecture}, ${usage.memoryInMb} MB`,
    width: 480,
    height: 260,
    data: { values },
    mark: { type: 'line', point: true },
    encoding: {
      x: {
        field: 'photos',
        type: 'quantitative',
        scale: { type: 'log' },
        title: 'photos a month',
        axis: { format: '~s' },
      },
      y: { field: 'dollars', type: 'quantitative', scale: { type: 'symlog' }, title: 'US dollars a month' },
      color: { field: 'bill', type: 'nominal', title: null, legend: { orient: 'top-left' } },
    },
  });
}

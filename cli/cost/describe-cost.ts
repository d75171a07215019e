import { oneProcessorInMb } from '../../facts/lambda.ts';
import { priceSources } from '../../facts/prices.ts';
import type { RegionPrices } from '../../facts/region-prices.ts';
import type { Bill, Usage } from './bill.ts';
import { findCheapest, type MemoryChoice } from './cheapest-memory.ts';

const dollars = (amount: number) => `$${amount.toFixed(2)}`;

/** A month's cost as `lambda-lens cost` works it out. */
export interface Cost {
  readonly usage: Usage;
  readonly prices: RegionPrices;
  readonly paid: Bill;
  readonly withFreeTier: Bill;
  readonly memories: readonly MemoryChoice[];
}

/** The bill by line, the memory settings by cost, and where the prices are from. */
export function describeCost({ usage, prices, paid, withFreeTier: free, memories }: Cost): string {
  const bill = paid.lines.map(
    ({ title, how, dollars: amount }, index) =>
      `  ${title.padEnd(20)} ${dollars(amount).padStart(10)} ${dollars(free.lines[index]?.dollars ?? 0).padStart(12)}   ${how}`,
  );
  const cheapest = findCheapest(memories);
  // Of equal bills the largest memory answers soonest.
  const mark = (choice: MemoryChoice) => {
    if (!cheapest.includes(choice)) return '';
    if (cheapest.length === 1) return '   <- cheapest';
    return choice === cheapest.at(-1) ? '   <- cheapest alike, the quickest of them' : '   <- cheapest alike';
  };
  const choices = memories.map(
    (choice) =>
      `  ${String(choice.memoryInMb).padStart(5)} MB ${choice.warmMilliseconds.toFixed(0).padStart(6)} ms ${dollars(choice.dollars).padStart(10)}` +
      `   ${choice.isMeasured ? 'measured' : 'by its share of a CPU'}${mark(choice)}`,
  );
  return [
    `${usage.photos.toLocaleString('en-US')} photos a month, ${usage.architecture}, ${usage.memoryInMb} MB, ${prices.region} prices of ${prices.dated}:`,
    '',
    `  ${''.padEnd(20)} ${'without'.padStart(10)} ${'with free tier'.padStart(14)}`,
    ...bill,
    `  ${'all'.padEnd(20)} ${dollars(paid.dollars).padStart(10)} ${dollars(free.dollars).padStart(12)}`,
    '',
    `By memory, without the free tier (one CPU from ${oneProcessorInMb.toLocaleString('en-US')} MB on; less memory, less CPU):`,
    ...choices,
    '',
    `A warm call is counted with ${usage.warmMilliseconds} ms, ${(usage.coldShare * 100).toFixed(1)} % of the calls start cold.`,
    ...describeBorrowed(usage, prices),
    'Prices as these pages give them:',
    ...[...prices.sources, ...priceSources].map((source) => `  ${source}`),
  ].join('\n');
}

/** Which prices of this bill were not seen for the region, and whose stand in for them. */
function describeBorrowed(usage: Usage, { region, borrowed }: RegionPrices): readonly string[] {
  const others = { 'http-api': 'REST API', 'rest-api': 'HTTP API', 'function-url': 'API' }[usage.door];
  const isPaid = (name: string) =>
    !name.endsWith(others) && !name.endsWith(usage.architecture === 'arm64' ? 'x86_64' : 'arm64');
  const byRegion = Map.groupBy(
    borrowed.filter(({ name }) => isPaid(name)),
    ({ from }) => from,
  );
  return [...byRegion].map(
    ([from, items]) =>
      `Not seen for ${region}, and counted as in ${from}: ${items.map(({ name }) => name).join(', ')}.`,
  );
}

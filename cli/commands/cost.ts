import { writeFile } from 'node:fs/promises';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { oneProcessorInMb } from '../../facts/lambda.ts';
import { northVirginia, type Prices, priceSources } from '../../facts/prices.ts';
import { type Bill, billOf, type Usage } from '../cost/bill.ts';
import { compareMemories, findCheapest, type MemoryChoice } from '../cost/cheapest-memory.ts';
import { drawCostChart } from '../cost/draw-cost-chart.ts';
import { print, printJson } from '../terminal/print.ts';

const comparedMemoriesInMb = [512, 768, 1024, oneProcessorInMb, 2048, 3008];

function positive(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value < 0) {
    throw new InvalidArgumentError('It takes a number, zero or more.');
  }
  return value;
}

function share(text: string): number {
  const value = positive(text);
  if (value > 1) throw new InvalidArgumentError('It takes a share from 0 to 1.');
  return value;
}

function measuredTimes(text: string): Map<number, number> {
  return new Map(
    text.split(',').map((pair) => {
      const [memory = '', milliseconds = ''] = pair.split(':');
      return [positive(memory), positive(milliseconds)];
    }),
  );
}

/** `lambda-lens cost`: a month's bill by line, and which memory setting makes it the smallest. */
export function registerCost(program: Command): void {
  program
    .command('cost')
    .description("what a month costs on AWS, line by line, from one region's prices")
    .option('--photos <count>', 'photos a month', positive, 100_000)
    .option('--photo-size <kB>', 'size of a photo in kilobytes', positive, 200)
    .option('--memory <MB>', "the function's memory", positive, oneProcessorInMb)
    .addOption(
      new Option('--architecture <name>', "the function's processor").choices(['arm64', 'x86_64']).default('arm64'),
    )
    .addOption(
      new Option('--door <name>', 'what callers reach it through')
        .choices(['function-url', 'http-api', 'rest-api'])
        .default('http-api'),
    )
    .option(
      '--warm-milliseconds <ms>',
      'billed time of a warm call; "timing.totalMs" of an answer tells it',
      positive,
      60,
    )
    .option('--cold-milliseconds <ms>', 'billed time that a cold start adds', positive, 800)
    .option('--cold-share <share>', 'share of the calls that start cold, 0 to 1', share, 0.01)
    .option('--image-size <MB>', 'compressed size of the image in the registry', positive, 50)
    .option('--measured <MB:ms,…>', 'warm times measured at other memory settings, to compare them', measuredTimes)
    .option('--gb-second-price <$>', 'price of a GB-second where it differs', positive)
    .option('--door-price <$>', 'price of a million requests at the door where it differs', positive)
    .option('--chart <file.svg>', 'draw cost against volume')
    .option('--json', 'print the result as JSON')
    .addHelpText(
      'after',
      `
Examples:
  lambda-lens cost --photos 1000000
  lambda-lens cost --door function-url --architecture x86_64 --measured 512:190,1024:95
  lambda-lens cost --photos 50000 --chart cost.svg`,
    )
    .action(async (options) => {
      const usage: Usage = {
        photos: options.photos,
        photoSizeInKilobytes: options.photoSize,
        memoryInMb: options.memory,
        architecture: options.architecture,
        door: options.door,
        warmMilliseconds: options.warmMilliseconds,
        coldMilliseconds: options.coldMilliseconds,
        coldShare: options.coldShare,
        imageSizeInMegabytes: options.imageSize,
      };
      const prices = withOverrides(northVirginia, usage, options.gbSecondPrice, options.doorPrice);
      const paid = billOf(usage, prices, { isFreeTierUsed: false });
      const withFreeTier = billOf(usage, prices, { isFreeTierUsed: true });
      const measured: ReadonlyMap<number, number> = options.measured ?? new Map();
      const memoriesInMb = [...new Set([...comparedMemoriesInMb, usage.memoryInMb, ...measured.keys()])].sort(
        (a, b) => a - b,
      );
      const memories = compareMemories(usage, prices, memoriesInMb, measured);
      if (options.chart !== undefined) await writeFile(options.chart, await drawCostChart(usage, prices));
      if (options.json) printJson({ usage, prices, paid, withFreeTier, memories }, 2);
      else print(describe(usage, prices, paid, withFreeTier, memories));
    });
}

function withOverrides(prices: Prices, usage: Usage, gbSecond?: number, door?: number): Prices {
  return {
    ...prices,
    gbSecond: { ...prices.gbSecond, ...(gbSecond !== undefined && { [usage.architecture]: gbSecond }) },
    millionRequests: { ...prices.millionRequests, ...(door !== undefined && { [usage.door]: door }) },
  };
}

const dollars = (amount: number) => `$${amount.toFixed(2)}`;

function describe(usage: Usage, prices: Prices, paid: Bill, free: Bill, memories: readonly MemoryChoice[]): string {
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
    'Prices as these pages give them:',
    ...priceSources.map((source) => `  ${source}`),
  ].join('\n');
}

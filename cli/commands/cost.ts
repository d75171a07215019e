import { writeFile } from 'node:fs/promises';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { oneProcessorInMb } from '../../facts/lambda.ts';
import { pricesIn, type RegionPrices } from '../../facts/region-prices.ts';
import { billOf, type Usage } from '../cost/bill.ts';
import { compareMemories } from '../cost/cheapest-memory.ts';
import { compareServers } from '../cost/compare-servers.ts';
import { describeCost } from '../cost/describe-cost.ts';
import { describeServers } from '../cost/describe-servers.ts';
import { drawCostChart } from '../cost/draw-cost-chart.ts';
import { findRegion } from '../cost/find-region.ts';
import { requireNew } from '../require-new.ts';
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

function regionName(text: string): string {
  if (!/^[a-z]{2,}(-[a-z]+)+-\d+$/.test(text)) throw new InvalidArgumentError('A region is called like eu-west-1.');
  return text;
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
    .description("what a month costs on AWS, line by line, at a region's prices")
    .option('--region <name>', "AWS region (default: the stack's, or AWS_REGION, or us-east-1)", regionName)
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
    .option('--compare', 'set it beside machines that stay on, with the photos a day from which on those are cheaper')
    .option('--chart <file.svg>', 'draw cost against volume')
    .option('--force', 'replace the file of --chart')
    .option('--json', 'print the result as JSON')
    .addHelpText(
      'after',
      `
Examples:
  lambda-lens cost --photos 1000000
  lambda-lens cost --door function-url --architecture x86_64 --measured 512:190,1024:95
  lambda-lens cost --region eu-west-1 --compare
  lambda-lens cost --photos 50000 --chart cost.svg`,
    )
    .action(async (options) => {
      if (options.chart !== undefined) requireNew([options.chart], options);
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
      const prices = withOverrides(
        pricesIn(options.region ?? (await findRegion())),
        usage,
        options.gbSecondPrice,
        options.doorPrice,
      );
      const paid = billOf(usage, prices, { isFreeTierUsed: false });
      const withFreeTier = billOf(usage, prices, { isFreeTierUsed: true });
      const measured: ReadonlyMap<number, number> = options.measured ?? new Map();
      const memoriesInMb = [...new Set([...comparedMemoriesInMb, usage.memoryInMb, ...measured.keys()])].sort(
        (a, b) => a - b,
      );
      const memories = compareMemories(usage, prices, memoriesInMb, measured);
      if (options.chart !== undefined) await writeFile(options.chart, await drawCostChart(usage, prices));
      const servers = options.compare ? compareServers(usage, prices) : undefined;
      if (options.json) printJson({ usage, prices, paid, withFreeTier, memories, servers }, 2);
      else {
        print(describeCost({ usage, prices, paid, withFreeTier, memories }));
        if (servers !== undefined) print(`\n${describeServers(servers, usage)}`);
      }
    });
}

function withOverrides(prices: RegionPrices, usage: Usage, gbSecond?: number, door?: number): RegionPrices {
  return {
    ...prices,
    gbSecond: { ...prices.gbSecond, ...(gbSecond !== undefined && { [usage.architecture]: gbSecond }) },
    millionRequests: { ...prices.millionRequests, ...(door !== undefined && { [usage.door]: door }) },
  };
}

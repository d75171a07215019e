import { type Bill, billOf } from '../cli/cost/bill.ts';
import { oneProcessorInMb } from '../facts/lambda.ts';
import { northVirginia } from '../facts/prices.ts';
import type { ByContender, Results } from './results.ts';

const photos = 1_000_000;
const coldShare = 0.01;
const bytesPerMegabyte = 1_000_000;

/**
 * The bill for a million photos in a month, by architecture and contender, at one whole processor, through the HTTP API.
 * The times measured here are taken for both architectures, whose price differs: what is compared is the contenders.
 */
export function priceMillion(
  warm: ByContender<number>,
  cold: ByContender<number>,
  addedBytes: ByContender<number>,
  photoSizeInKilobytes: number,
): Results['bills'] {
  const billFor = (name: string, architecture: 'arm64' | 'x86_64'): Bill =>
    billOf(
      {
        photos,
        photoSizeInKilobytes,
        memoryInMb: oneProcessorInMb,
        architecture,
        door: 'http-api',
        warmMilliseconds: warm[name] ?? Number.NaN,
        coldMilliseconds: cold[name] ?? Number.NaN,
        coldShare,
        imageSizeInMegabytes: (addedBytes[name] ?? Number.NaN) / bytesPerMegabyte,
      },
      northVirginia,
      { isFreeTierUsed: false },
    );
  const names = Object.keys(warm);
  return Object.fromEntries(
    (['arm64', 'x86_64'] as const).map((architecture) => [
      architecture,
      Object.fromEntries(names.map((name) => [name, billFor(name, architecture)])),
    ]),
  );
}

import { mostMemoryInMb, oneProcessorInMb } from '../facts/lambda.ts';

const settingsInMegabytes = [oneProcessorInMb, 2048, 3008, 4096, 5120, 7168, mostMemoryInMb] as const;
/** What decoding a photo of 12 megapixels takes on top of the model, with room to spare. */
const photoInMegabytes = 700;

/** The memory setting for a model that keeps this much resident; the largest one where none suffices. */
export function adviseMemoryInMegabytes(residentInMegabytes: number): number {
  const needed = residentInMegabytes + photoInMegabytes;
  return settingsInMegabytes.find((setting) => setting >= needed) ?? mostMemoryInMb;
}

/**
 * Milliseconds on Lambda from those measured here, by its documented share of a CPU alone: one core there taken to be as
 * fast as one here. The model computes on one core, so more memory than that of one CPU does not help.
 */
export function estimateLambdaMilliseconds(measuredInMilliseconds: number, memoryInMegabytes: number): number {
  return measuredInMilliseconds / Math.min(1, memoryInMegabytes / oneProcessorInMb);
}

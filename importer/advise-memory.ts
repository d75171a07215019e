/** Lambda gives one virtual CPU at this memory and a share in proportion below it (Lambda developer guide, "Memory"). */
export const memoryOfOneCpuInMegabytes = 1769;

const settingsInMegabytes = [1769, 2048, 3008, 4096, 5120, 7168, 10240] as const;
/** What decoding a photo of 12 megapixels takes on top of the model, with room to spare. */
const photoInMegabytes = 700;

/** The memory setting for a model that keeps this much resident; the largest one where none suffices. */
export function adviseMemoryInMegabytes(residentInMegabytes: number): number {
  const needed = residentInMegabytes + photoInMegabytes;
  return settingsInMegabytes.find((setting) => setting >= needed) ?? 10240;
}

/**
 * Milliseconds on Lambda from those measured here, by its documented share of a CPU alone: one core there taken to be as
 * fast as one here. The model computes on one core, so more memory than that of one CPU does not help.
 */
export function estimateLambdaMilliseconds(measuredInMilliseconds: number, memoryInMegabytes: number): number {
  return measuredInMilliseconds / Math.min(1, memoryInMegabytes / memoryOfOneCpuInMegabytes);
}

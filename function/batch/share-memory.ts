import { oneProcessorInMb } from '../../facts/lambda.ts';
import { restOfFunctionInMegabytes } from '../settings/limits.ts';
import type { Environment } from '../settings/read-setting.ts';

const bytesPerMegabyte = 1_000_000;
/** More than any processor gets through while S3 answers. */
const mostBytesAhead = 256 * bytesPerMegabyte;

/** The whole processors of a function: each instance sees two whatever its share of them. */
export function countProcessors({ AWS_LAMBDA_FUNCTION_MEMORY_SIZE: memory }: Environment): number {
  return memory === undefined ? 1 : Math.max(1, Math.floor(Number(memory) / oneProcessorInMb));
}

/** Each thread's limits follow from its share of the memory. */
export function withShareOf(environment: Environment, workers: number): Environment {
  const { AWS_LAMBDA_FUNCTION_MEMORY_SIZE: memory } = environment;
  if (memory === undefined) return environment;
  return { ...environment, AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(Math.floor(Number(memory) / workers)) };
}

/** In bytes: what of the memory neither the function nor a photo that is being decoded takes, half of it. The rest is nobody's. */
export function bytesAhead(
  { AWS_LAMBDA_FUNCTION_MEMORY_SIZE: memory }: Environment,
  workers: number,
  decodingMegabytes: number,
): number {
  if (memory === undefined) return mostBytesAhead;
  const left = Number(memory) - workers * (restOfFunctionInMegabytes + decodingMegabytes);
  return Math.min(Math.max((left / 2) * bytesPerMegabyte, bytesPerMegabyte), mostBytesAhead);
}

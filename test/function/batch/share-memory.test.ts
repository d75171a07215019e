import { describe, expect, it } from 'vitest';
import { bytesAhead, countProcessors, withShareOf } from '../../../function/batch/share-memory.ts';
import { restOfFunctionInMegabytes } from '../../../function/settings/limits.ts';

const ofMemory = (memory: string | undefined) => ({ AWS_LAMBDA_FUNCTION_MEMORY_SIZE: memory });

describe('a function of so much memory', () => {
  it.each([
    [undefined, 1],
    ['512', 1],
    ['1769', 1],
    ['3537', 1],
    ['3538', 2],
    ['5306', 2],
    ['5307', 3],
    ['10240', 5],
  ])('of %s MB has %i whole processors', (memory, processors) => {
    expect(countProcessors(ofMemory(memory))).toBe(processors);
  });

  it('shares it between its threads', () => {
    expect(withShareOf(ofMemory('3539'), 2)).toEqual(ofMemory('1769'));
    expect(withShareOf({}, 2)).toEqual({});
  });

  it.each([
    ['no more than is of use', '10000', 100, 256_000_000],
    ['a photo of a megabyte at least', '512', 600, 1_000_000],
  ])('lets photos wait in %s', (_what, memory, decoding, bytes) => {
    expect(bytesAhead(ofMemory(memory), 1, decoding)).toBe(bytes);
  });

  it('counts what each thread takes', () => {
    const memory = ofMemory(String(2 * (restOfFunctionInMegabytes + 100) + 60));

    expect(bytesAhead(memory, 2, 100)).toBe(30_000_000);
    expect(bytesAhead({}, 2, 100)).toBe(256_000_000);
  });
});

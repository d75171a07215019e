import { describe, expect, it } from 'vitest';
import { metrics } from '../../../facts/metrics.ts';
import { toEmbeddedMetrics } from '../../../function/invocation/request-metrics.ts';

const timing = { sourceMs: 1, decodeMs: 2.5, fitMs: 0.5, modelMs: 30, totalMs: 34, coldStart: false };
const photo = { sizeInBytes: 1_000, verdict: 'confident', timing };
const valuesOf = (fields: object, code?: Parameters<typeof toEmbeddedMetrics>[1]) =>
  toEmbeddedMetrics({ coldStart: false, ...fields }, code, 'clothes');

describe("a request's metrics", () => {
  it('are those of its photo, and of the request itself', () => {
    expect(valuesOf({ status: 200, coldStart: true, ...photo })).toMatchObject({
      FunctionName: 'clothes',
      Refused: 0,
      Failed: 0,
      ColdStart: 1,
      Unsure: 0,
      Unfamiliar: 0,
      Bytes: 1_000,
      SourceMs: 1,
      DecodeMs: 3,
      ModelMs: 30,
      MemoryMb: expect.any(Number),
    });
  });

  it('count each photo of items, answered or not', () => {
    const photos = [
      { ...photo, verdict: 'unfamiliar' },
      { code: 'corrupt_photo' },
      { ...photo, verdict: 'unsure' },
      { code: 'too_slow' },
    ];

    expect(valuesOf({ status: 200, photos })).toMatchObject({
      Refused: [0, 1, 0, 0],
      Failed: [0, 0, 0, 1],
      Unfamiliar: [1, 0],
      Unsure: [0, 1],
      Bytes: [1_000, 1_000],
      ModelMs: [30, 30],
    });
  });

  it.each([
    ['a refused photo', { status: 422 }, 'corrupt_photo', { Refused: 1, Failed: 0 }],
    ['a failed direct invocation', {}, 'internal_error', { Refused: 0, Failed: 1 }],
    ['a page', { status: 200 }, undefined, { Refused: 0, Failed: 0 }],
    ['a page that is not there', { status: 404 }, 'not_found', { Refused: 1, Failed: 0 }],
  ] as const)('of %s leave out what only an answered photo has', (_what, fields, code, expected) => {
    const line = valuesOf(fields, code);

    expect(line).toMatchObject(expected);
    expect(line).not.toHaveProperty('ModelMs');
    expect(line).not.toHaveProperty('Unsure');
  });

  it('are at most a hundred values each, as CloudWatch reads them', () => {
    const line = valuesOf({ status: 200, photos: Array.from({ length: 150 }, () => photo) });

    expect(line.ModelMs).toHaveLength(100);
  });

  it('name all that stands in the line and nothing else, under one dimension alone: ten metrics and no more', () => {
    const { _aws: embedded, ...line } = valuesOf({ status: 200, ...photo });
    const [directive] = (embedded as { CloudWatchMetrics: [{ Dimensions: unknown; Metrics: { Name: string }[] }] })
      .CloudWatchMetrics;
    const names = directive.Metrics.map(({ Name }) => Name);

    expect(directive.Dimensions).toEqual([['FunctionName']]);
    expect([...names].sort()).toEqual(
      Object.keys(line)
        .filter((key) => key !== 'FunctionName')
        .sort(),
    );
    expect(names).toEqual(Object.keys(metrics));
    expect(names).toHaveLength(10);
  });
});

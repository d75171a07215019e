import { describe, expect, it } from 'vitest';
import { runReaders } from '../../../facts/bulk-run.ts';
import { backlogDefinition } from '../../../infra/bulk/backlog-definition.ts';

const definition = JSON.parse(
  backlogDefinition({
    functionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:lens-batch',
    resultsBucket: 'out',
    resultsPrefix: 'lens/',
    photosInBatch: 200,
    concurrency: 50,
  }),
);
const states: [string, Record<string, unknown>][] = Object.entries(definition.States);
const maps = states.filter(([, { Type }]) => Type === 'Map').map(([, state]) => state);

describe('the state machine of the backlog', () => {
  it('has a map for each way of listing photos, all alike but for that', () => {
    const rest = maps.map(({ ItemReader, ItemBatcher, ...others }) =>
      JSON.stringify(others).replace(/ \((?:list|lines|inventory)\)"/g, '"'),
    );

    expect(maps).toHaveLength(runReaders.length);
    expect(new Set(rest).size).toBe(1);
    expect(maps.map(({ ItemReader }) => ItemReader)).toMatchObject([
      { Resource: 'arn:aws:states:::s3:listObjectsV2' },
      { ReaderConfig: { InputType: 'JSONL' } },
      { ReaderConfig: { InputType: 'MANIFEST' } },
    ]);
  });

  it('gives a batch its bucket, day and run, and says where keys are escaped', () => {
    expect(maps.map(({ ItemBatcher }) => ItemBatcher)).toMatchObject([
      { MaxItemsPerBatch: 200, BatchInput: { 'bucket.$': '$.bucket', 'date.$': '$.date', keysAreEscaped: false } },
      { BatchInput: { 'run.$': '$.run', keysAreEscaped: false } },
      { BatchInput: { keysAreEscaped: true, 'prefix.$': '$.prefix' } },
    ]);
  });

  it('writes what the children answer into the folder of the run, without their inputs', () => {
    expect(maps[0]?.ResultWriter).toEqual({
      Resource: 'arn:aws:states:::s3:putObject',
      Parameters: { Bucket: 'out', 'Prefix.$': "States.Format('lens/runs/{}/map', $.run)" },
      WriterConfig: { OutputType: 'JSONL', Transformation: 'COMPACT' },
    });
  });

  it('has no name twice, wherever a state is', () => {
    const names = [definition, ...maps.map(({ ItemProcessor }) => ItemProcessor)].flatMap(({ States }) =>
      Object.keys(States),
    );

    expect(new Set(names).size).toBe(names.length);
  });

  it('goes only where a state is, and ends', () => {
    const levels = [definition, ...maps.map(({ ItemProcessor }) => ItemProcessor)];
    for (const { StartAt, States } of levels) {
      const nexts = [...JSON.stringify(States).matchAll(/"(?:Next|Default)":"([^"]+)"/g)].map(([, name]) => name);
      const known = levels.flatMap((level) => Object.keys(level.States));

      expect(Object.keys(States)).toContain(StartAt);
      expect(nexts.filter((name) => !known.includes(name ?? ''))).toEqual([]);
      expect(JSON.stringify(States)).toContain('"End":true');
    }
  });
});

import type { RunInput, RunReader } from '../../facts/bulk-run.ts';

export interface BacklogFacts {
  readonly functionArn: string;
  readonly resultsBucket: string;
  /** '' or what ends in a slash. */
  readonly resultsPrefix: string;
  readonly photosInBatch: number;
  readonly concurrency: number;
}

type State = Readonly<Record<string, unknown>>;

/** The run's own values, by their path in its input. */
const given = (name: keyof RunInput) => `$.${name}`;

/** Less than the 256 KiB of an input: what a call gives back, counts and all, has to fit too. */
// https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
const mostBytesInBatch = 200_000;
/** So many of a hundred batches may fail before the run is stopped; those that did are done by `bulk resume`. */
const toleratedFailurePercentage = 5;

/**
 * The state machine of the backlog, in the Amazon States Language: one Distributed Map for each way of listing photos, and
 * at the end a step that counts. A child asks the function again for what a call has not done.
 */
export function backlogDefinition(facts: BacklogFacts): string {
  const readers: Readonly<Record<RunReader, { readonly name: string; readonly itemReader: State }>> = {
    list: {
      name: 'Photos that S3 lists',
      itemReader: {
        Resource: 'arn:aws:states:::s3:listObjectsV2',
        Parameters: { 'Bucket.$': given('bucket'), 'Prefix.$': given('prefix') },
      },
    },
    lines: { name: 'Photos of a list', itemReader: fileReader('JSONL') },
    inventory: { name: 'Photos of an inventory', itemReader: fileReader('MANIFEST') },
  };
  const { list, ...others } = readers;
  return JSON.stringify({
    Comment: 'Classifies photos that are in S3 already. Started by "lambda-lens bulk".',
    StartAt: 'Who lists them',
    States: {
      'Who lists them': {
        Type: 'Choice',
        Choices: Object.entries(others).map(([reader, { name }]) => ({
          Variable: given('reader'),
          StringEquals: reader,
          Next: name,
        })),
        Default: list.name,
      },
      ...Object.fromEntries(
        Object.entries(readers).map(([reader, { name, itemReader }]) => [
          name,
          mapOver(itemReader, reader as RunReader, facts),
        ]),
      ),
      Count: {
        Type: 'Task',
        Resource: 'arn:aws:states:::lambda:invoke',
        Parameters: {
          FunctionName: facts.functionArn,
          Payload: {
            Finish: {
              'run.$': given('run'),
              'startedAt.$': given('startedAt'),
              'source.$': given('source'),
              'ResultWriterDetails.$': '$.map.ResultWriterDetails',
            },
          },
        },
        OutputPath: '$.Payload',
        Retry: retries,
        End: true,
      },
    },
  });
}

function fileReader(type: 'JSONL' | 'MANIFEST'): State {
  return {
    Resource: 'arn:aws:states:::s3:getObject',
    ReaderConfig: { InputType: type },
    Parameters: { 'Bucket.$': given('listBucket'), 'Key.$': given('listKey') },
  };
}

function mapOver(itemReader: State, reader: RunReader, facts: BacklogFacts): State {
  const keysAreEscaped = reader === 'inventory';
  // No two states of a machine have one name, wherever they are.
  const [classify, isDone, counts] = ['Classify', 'Is anything left', 'Counts alone'].map(
    (name) => `${name} (${reader})`,
  ) as [string, string, string];
  return {
    Type: 'Map',
    ItemReader: itemReader,
    ItemBatcher: {
      MaxItemsPerBatch: facts.photosInBatch,
      MaxInputBytesPerBatch: mostBytesInBatch,
      BatchInput: {
        'bucket.$': given('bucket'),
        'date.$': given('date'),
        'run.$': given('run'),
        keysAreEscaped,
        // An inventory is read whole.
        ...(reader === 'inventory' && { 'prefix.$': given('prefix') }),
      },
    },
    MaxConcurrency: facts.concurrency,
    ToleratedFailurePercentage: toleratedFailurePercentage,
    ItemProcessor: {
      ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'EXPRESS' },
      StartAt: classify,
      States: {
        [classify]: {
          Type: 'Task',
          Resource: 'arn:aws:states:::lambda:invoke',
          Parameters: { FunctionName: facts.functionArn, 'Payload.$': '$' },
          OutputPath: '$.Payload',
          Retry: retries,
          Next: isDone,
        },
        [isDone]: {
          Type: 'Choice',
          Choices: [{ Variable: '$.Items[0]', IsPresent: true, Next: classify }],
          Default: counts,
        },
        [counts]: { Type: 'Pass', Parameters: { 'Counts.$': '$.Counts' }, End: true },
      },
    },
    ResultWriter: {
      Resource: 'arn:aws:states:::s3:putObject',
      Parameters: {
        Bucket: facts.resultsBucket,
        'Prefix.$': `States.Format('${facts.resultsPrefix}runs/{}/map', ${given('run')})`,
      },
      // Outputs without their inputs, which hold every key.
      WriterConfig: { OutputType: 'JSONL', Transformation: 'COMPACT' },
    },
    ResultPath: '$.map',
    Next: 'Count',
  };
}

/** An instance that is not to be had comes back; what the function itself fails by mostly does. */
// https://docs.aws.amazon.com/step-functions/latest/dg/sfn-best-practices.html#bp-lambda-serviceexception
const retries = [
  {
    ErrorEquals: ['Lambda.TooManyRequestsException'],
    IntervalSeconds: 1,
    BackoffRate: 2,
    MaxDelaySeconds: 20,
    MaxAttempts: 12,
    JitterStrategy: 'FULL',
  },
  {
    ErrorEquals: ['States.ALL'],
    IntervalSeconds: 2,
    BackoffRate: 2,
    MaxDelaySeconds: 20,
    MaxAttempts: 4,
    JitterStrategy: 'FULL',
  },
];

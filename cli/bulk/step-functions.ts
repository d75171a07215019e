import { CliError } from '../cli-error.ts';
import type { AwsAccount } from '../doctor/aws-account.ts';

export interface Execution {
  readonly status: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED' | 'PENDING_REDRIVE';
  readonly startedAt: Date;
  readonly stoppedAt: Date | undefined;
  /** JSON, of one that has succeeded. */
  readonly output: string | undefined;
  /** Why it did not. */
  readonly cause: string | undefined;
}

/** Photos of a run, as the map counts them: a batch counts once it is done. */
export interface MapProgress {
  readonly total: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly running: number;
  readonly pending: number;
}

/** All that `lambda-lens bulk` asks of Step Functions about one state machine. Rejects with a CliError that has its words. */
export interface StepFunctions {
  start(run: string, input: object): Promise<void>;
  /** Undefined where there is no such run. */
  describe(run: string): Promise<Execution | undefined>;
  stop(run: string): Promise<void>;
  /** Of the map that has begun; undefined before that. */
  readProgress(run: string): Promise<MapProgress | undefined>;
  /** The names of the last runs, the newest first. */
  listRuns(): Promise<readonly string[]>;
}

/** @param endpoint where it answers: AWS's own, or a stand-in's */
export async function openStepFunctions(
  aws: Pick<AwsAccount, 'region' | 'getCredentials'>,
  machine: string,
  endpoint = process.env.AWS_ENDPOINT_URL_SFN || process.env.AWS_ENDPOINT_URL || addressIn(aws.region),
): Promise<StepFunctions> {
  const { AwsClient } = await import('aws4fetch');
  const client = new AwsClient({ ...(await aws.getCredentials()), service: 'states', region: aws.region, retries: 3 });
  const ask = async <Answer>(action: string, input: object): Promise<Answer> => {
    const response = await client.fetch(endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': `AWSStepFunctions.${action}` },
      body: JSON.stringify(input),
    });
    const text = await response.text();
    if (!response.ok) throw new StepFunctionsError(action, response.status, text);
    return JSON.parse(text || '{}');
  };
  const executionArn = (run: string) => `${machine.replace(':stateMachine:', ':execution:')}:${run}`;
  return {
    start: async (run, input) =>
      void (await ask('StartExecution', { stateMachineArn: machine, name: run, input: JSON.stringify(input) })),
    async describe(run) {
      const found = await ask<DescribedExecution>('DescribeExecution', { executionArn: executionArn(run) }).catch(
        ignoreMissing,
      );
      if (found === undefined) return undefined;
      const date = (seconds: number) => new Date(seconds * 1_000);
      return {
        status: found.status,
        startedAt: date(found.startDate),
        stoppedAt: found.stopDate == null ? undefined : date(found.stopDate),
        output: found.output,
        cause: [found.error, found.cause].filter((text) => text).join(': ') || undefined,
      };
    },
    stop: async (run) =>
      void (await ask('StopExecution', { executionArn: executionArn(run), cause: 'stopped by lambda-lens bulk stop' })),
    async readProgress(run) {
      const { mapRuns = [] } = await ask<{ mapRuns?: { mapRunArn: string }[] }>('ListMapRuns', {
        executionArn: executionArn(run),
      });
      const [first] = mapRuns;
      if (first === undefined) return undefined;
      const { itemCounts } = await ask<{ itemCounts: MapCounts }>('DescribeMapRun', { mapRunArn: first.mapRunArn });
      const { total, succeeded, failed, timedOut = 0, aborted = 0, running, pending } = itemCounts;
      return { total, succeeded, failed: failed + timedOut + aborted, running, pending };
    },
    async listRuns() {
      const { executions = [] } = await ask<{ executions?: { name: string }[] }>('ListExecutions', {
        stateMachineArn: machine,
        maxResults: mostRunsListed,
      });
      return executions.map(({ name }) => name);
    },
  };
}

const mostRunsListed = 20;

interface DescribedExecution {
  readonly status: Execution['status'];
  /** In seconds since 1970. */
  readonly startDate: number;
  readonly stopDate?: number | null;
  readonly output?: string;
  readonly error?: string;
  readonly cause?: string;
}

type MapCounts = MapProgress & { readonly timedOut?: number; readonly aborted?: number };

/** What Step Functions refused, in its own words. */
export class StepFunctionsError extends CliError {
  /** Such as `ExecutionAlreadyExists`. */
  readonly type: string;

  constructor(action: string, status: number, text: string) {
    const { type, message } = readError(text);
    super(`Step Functions refuses ${action}: ${message || type || `status ${status}`}.`, 'Check region and rights.');
    this.type = type;
  }
}

function readError(text: string): { readonly type: string; readonly message: string } {
  try {
    const { __type = '', message = '', Message = message } = JSON.parse(text);
    return { type: String(__type).replace(/^.*#/, ''), message: String(Message) };
  } catch {
    return { type: '', message: text.slice(0, 200) };
  }
}

function ignoreMissing(error: unknown): undefined {
  if (error instanceof StepFunctionsError && error.type === 'ExecutionDoesNotExist') return undefined;
  throw error;
}

function addressIn(region: string): string {
  return `https://states.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`;
}

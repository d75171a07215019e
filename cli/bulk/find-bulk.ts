import { parseResultPlace, type ResultPlace } from '../../facts/batch-records.ts';
import { pricesIn, type RegionPrices } from '../../facts/region-prices.ts';
import { stackSettings } from '../../facts/stack-settings.ts';
import { CliError } from '../cli-error.ts';
import { connectAws } from '../doctor/aws-account.ts';
import { readStackConfig, readStackSettings } from '../doctor/read-stack.ts';
import { findService, projectDirectory, type ServiceOptions } from '../operate/find-service.ts';
import { type BulkStore, openBulkStore } from './bulk-store.ts';
import type { RunShape } from './estimate-run.ts';
import { openStepFunctions, type StepFunctions } from './step-functions.ts';

export interface BulkOptions extends Omit<ServiceOptions, 'functionName'> {
  /** Both instead of what a stack has deployed. */
  readonly stateMachine?: string;
  readonly results?: string;
}

/** A deployed backlog as the commands find it. */
export interface DeployedBulk {
  readonly machine: StepFunctions;
  readonly store: BulkStore;
  readonly shape: RunShape;
  readonly prices: RegionPrices;
  /** What the state machine may read, as `bucket` or `bucket/prefix`; undefined where nobody knows. */
  readonly sources: readonly string[] | undefined;
  readonly modelVersion: string | undefined;
}

/** @throws CliError saying what to deploy, or to set, first */
export async function findBulk(options: BulkOptions): Promise<DeployedBulk> {
  const { stateMachine, results } = options;
  const isNamed = stateMachine !== undefined && results !== undefined;
  if (!isNamed && (stateMachine ?? results) !== undefined) {
    throw new CliError('--state-machine and --results go together.', 'Give both, or neither.');
  }
  const { connection, outputs, stack } = await findService({
    ...options,
    ...(isNamed && { functionName: 'none' }),
  });
  const { bulk, modelVersion } = outputs;
  const arn = stateMachine ?? bulk?.stateMachine;
  const place = results ?? bulk?.results;
  if (arn === undefined || place === undefined) {
    throw new CliError(
      'This stack has no backlog.',
      'Say "pulumi config set bulk on" and "pulumi config set bulkBuckets my-photos", then "npm run deploy".',
    );
  }
  const aws = await connectAws(connection.region, connection.profile);
  const parsed: ResultPlace = parseResultPlace(place);
  return {
    machine: await openStepFunctions(aws, arn),
    store: await openBulkStore(aws, parsed),
    shape: await readShape(stack),
    prices: pricesIn(connection.region),
    sources: isNamed ? undefined : bulk?.sources,
    modelVersion,
  };
}

async function readShape(stack: string | undefined): Promise<RunShape> {
  if (stack !== undefined) {
    const config = await readStackConfig(projectDirectory, stack);
    const settings = await readStackSettings(projectDirectory, config);
    return {
      concurrency: settings.bulkConcurrency,
      photosInBatch: settings.bulkBatchSize,
      memoryInMb: settings.batchMemoryInMb ?? settings.memoryInMb,
      architecture: settings.architecture,
    };
  }
  const { bulkConcurrency, bulkBatchSize, memoryInMb, architecture } = stackSettings;
  return {
    concurrency: bulkConcurrency.default,
    photosInBatch: bulkBatchSize.default,
    memoryInMb: memoryInMb.default,
    architecture: architecture.default,
  };
}

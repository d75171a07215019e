import { setTimeout as sleep } from 'node:timers/promises';
import { putObject } from '../../function/s3/put-object.ts';
import { createS3Client, type SendToS3 } from '../../function/s3/s3-client.ts';
import { etagOf } from '../../test/helpers/s3-stand-in.ts';
import type { Draw } from '../random-draw.ts';
import { type EventSourceReport, runEventSource } from './event-source.ts';
import { judgeResults, type StreamJudgement } from './judge-results.ts';
import { type InstanceOptions, type Invoked, LambdaInstance } from './lambda-instance.ts';
import { MemoryQueue } from './memory-queue.ts';
import { QueueClient } from './queue-client.ts';
import { drawStreamPhotos, type StreamPhoto } from './stream-photos.ts';

export interface StreamTrialOptions {
  readonly photos: number;
  /** Where S3 and SQS answer; without SQS the queue is in memory. */
  readonly endpoints: { readonly s3: string; readonly sqs?: string };
  readonly function: Pick<InstanceOptions, 'emulator' | 'directory'> & {
    readonly environment: Readonly<Record<string, string>>;
  };
  readonly instances: number;
  readonly batchSize: number;
  readonly visibilityInSeconds: number;
  readonly draw: Draw;
  /** Chances of an invocation, each from 0 to 1. */
  readonly chances: { readonly killed: number; readonly stalled: number; readonly throttled: number };
  readonly tell?: (words: string) => void;
}

export interface StreamTrialReport extends EventSourceReport, StreamJudgement {
  readonly photos: number;
  readonly messages: number;
  readonly poison: number;
  readonly killed: number;
  readonly stalled: number;
  /** Messages in the dead-letter queue that name no object. */
  readonly poisonInDeadLetters: number;
  /** Others in it, which were sent back to the queue, as whoever runs it does. */
  readonly sentBack: number;
  readonly seconds: number;
}

const maximumReceives = 5;
const bucket = 'inbox';
const resultsBucket = 'outcome';
const poisonBodies = ['no JSON', '{"Records":[{"eventSource":"aws:unknown"}]}', '{"detail-type":"Other"}'];

/**
 * A stream of uploads through a queue and a function whose instances are killed and stalled at random, with messages doubled and in any
 * order; then what the results say, held against what was put in.
 */
export async function runStreamTrial(options: StreamTrialOptions): Promise<StreamTrialReport> {
  const { endpoints, draw, chances, visibilityInSeconds, tell = () => undefined } = options;
  const startedAt = performance.now();
  const environment = {
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_ENDPOINT_URL_S3: endpoints.s3,
  };
  const s3 = createS3Client({ environment, timeoutInMilliseconds: 30_000, connections: 8 });
  const photos = drawStreamPhotos(options.photos, draw);
  await storePhotos(s3, photos);
  tell(`${photos.length} photos are stored`);

  const { queue, deadLetters } = await createQueues(endpoints.sqs, visibilityInSeconds);
  // At least once and in any order: some twice.
  const twice = photos.filter(() => draw(20) === 0);
  const bodies = shuffle([...[...photos, ...twice].map(toEvent), ...poisonBodies], draw);
  await queue.send(bodies);
  tell(`${bodies.length} messages are sent`);

  let [killed, stalled, sentBack] = [0, 0, 0];
  const poisonFound: string[] = [];
  const pool = createInstancePool({
    ...options.function,
    environment: { ...environment, ...options.function.environment, BATCH_RESULTS: `${resultsBucket}/trial` },
    timeoutInSeconds: 60,
  });
  const invoke = async (event: unknown): Promise<Invoked | { readonly kind: 'throttled' }> => {
    if (draw(1_000) < chances.throttled * 1_000) return { kind: 'throttled' };
    const instance = await pool.take();
    const answered = instance.invoke(event);
    if (draw(1_000) < chances.killed * 1_000) {
      killed++;
      await sleep(draw(400));
      await instance.kill();
    } else if (draw(1_000) < chances.stalled * 1_000) {
      // Past the visibility timeout: others have its messages before it goes on.
      stalled++;
      await sleep(draw(200));
      instance.signal('SIGSTOP');
      await sleep((visibilityInSeconds + 1) * 1_000);
      instance.signal('SIGCONT');
    }
    try {
      return await answered;
    } finally {
      pool.giveBack(instance);
    }
  };
  const isOver = async () => {
    for (const message of await deadLetters.receive()) {
      if (poisonBodies.includes(message.Body)) poisonFound.push(message.Body);
      else {
        sentBack++;
        await queue.send([message.Body]);
      }
      await deadLetters.remove([message]);
    }
    const { visible, held } = await queue.count();
    return visible + held === 0 && poisonFound.length >= poisonBodies.length;
  };
  try {
    const { batchSize, instances: concurrency } = options;
    const source = { queue, batchSize, windowInMilliseconds: 1_000, concurrency, invoke, isOver };
    const report = await runEventSource(source);
    const judged = await judgeResults(s3, { bucket: resultsBucket, prefix: 'trial/results/' }, photos);
    return {
      ...report,
      ...judged,
      photos: photos.length,
      messages: bodies.length,
      poison: poisonBodies.length,
      killed,
      stalled,
      poisonInDeadLetters: poisonFound.length,
      sentBack,
      seconds: Math.round((performance.now() - startedAt) / 100) / 10,
    };
  } finally {
    await pool.end();
  }
}

async function createQueues(endpoint: string | undefined, visibilityInSeconds: number) {
  if (endpoint === undefined) {
    const deadLetters = new MemoryQueue(visibilityInSeconds * 1_000);
    const redrive = { deadLetters, maximumReceives };
    return { deadLetters, queue: new MemoryQueue(visibilityInSeconds * 1_000, redrive) };
  }
  const name = `${process.pid}-${Date.now()}`;
  const deadLetters = await QueueClient.create(endpoint, `dead-${name}`);
  const queue = await QueueClient.create(endpoint, `stream-${name}`, {
    VisibilityTimeout: String(visibilityInSeconds),
    RedrivePolicy: JSON.stringify({ deadLetterTargetArn: await deadLetters.arn(), maxReceiveCount: maximumReceives }),
  });
  return { queue, deadLetters };
}

async function storePhotos(s3: SendToS3, photos: readonly StreamPhoto[]): Promise<void> {
  const { signal } = new AbortController();
  for (const name of [bucket, resultsBucket]) {
    const configuration =
      '<CreateBucketConfiguration><LocationConstraint>eu-west-1</LocationConstraint></CreateBucketConfiguration>';
    const body = Buffer.from(configuration);
    await s3({ method: 'PUT', location: { bucket: name, key: '' }, body, maximumSizeInBytes: 65_536 }, signal);
  }
  const queue = photos.values();
  const work = async () => {
    for (const { key, bytes } of queue) {
      if (bytes !== undefined) await putObject(s3, { bucket, key }, bytes, { contentType: 'image/jpeg', signal });
    }
  };
  await Promise.all(Array.from({ length: 8 }, work));
}

/** As S3 sends it; of a photo that is gone, from when it was there. */
function toEvent({ key, bytes = Buffer.from('gone') }: StreamPhoto): string {
  const escaped = encodeURIComponent(key).replaceAll('%20', '+').replaceAll('%2F', '/');
  const object = { key: escaped, size: bytes.length, eTag: etagOf(bytes), sequencer: '0055AED6DCD90281E5' };
  const record = { eventSource: 'aws:s3', eventName: 'ObjectCreated:Put', s3: { bucket: { name: bucket }, object } };
  return JSON.stringify({ Records: [record] });
}

function shuffle<Value>(values: readonly Value[], draw: Draw): Value[] {
  const shuffled = [...values];
  for (let last = shuffled.length - 1; last > 0; last--) {
    const other = draw(last + 1);
    [shuffled[last], shuffled[other]] = [shuffled[other] as Value, shuffled[last] as Value];
  }
  return shuffled;
}

/** Instances as Lambda keeps them: warm ones first, a new one where there is none. */
function createInstancePool(options: InstanceOptions) {
  const idle: LambdaInstance[] = [];
  const all = new Set<LambdaInstance>();
  return {
    async take(): Promise<LambdaInstance> {
      for (let warm = idle.pop(); warm !== undefined; warm = idle.pop()) if (!warm.isGone) return warm;
      const instance = await LambdaInstance.start(options);
      all.add(instance);
      return instance;
    },
    giveBack(instance: LambdaInstance): void {
      if (!instance.isGone) idle.push(instance);
    },
    async end(): Promise<void> {
      await Promise.all([...all].map((instance) => instance.kill()));
    },
  };
}

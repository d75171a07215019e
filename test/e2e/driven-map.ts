import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import type { ListedObject } from '../../function/s3/list-objects.ts';
import { fill, select } from './state-paths.ts';

// biome-ignore lint/suspicious/noExplicitAny: JSON of any shape goes through a state machine
type Json = any;

/** What the driver stands on: the objects of an S3, and the function. */
export interface DrivenParts {
  readonly definition: string;
  list(bucket: string, prefix: string): AsyncIterable<ListedObject>;
  read(bucket: string, key: string): Promise<string>;
  readBytes(bucket: string, key: string): Promise<Uint8Array>;
  write(bucket: string, key: string, body: string): Promise<void>;
  /** Rejects with an error whose `code` is the errorType that Lambda would report. */
  invoke(payload: Json): Promise<Json>;
}

interface Run {
  status: string;
  readonly startDate: number;
  stopDate?: number;
  output?: string;
  error?: string;
  cause?: string;
  map?: { total: number; succeeded: number; failed: number; running: number; pending: number };
}

/**
 * Runs the stack's own state machine as AWS documents Step Functions, behind the few calls that `lambda-lens bulk` makes. No
 * simulator does: moto's interpreter (5.2.1) knows no ItemBatcher, of lists neither JSON Lines nor an inventory, writes a manifest
 * of results without results, and invokes no function of an image.
 */
export class DrivenMap {
  readonly #parts: DrivenParts;
  readonly #runs = new Map<string, Run>();
  readonly #server: Server;

  constructor(parts: DrivenParts) {
    this.#parts = parts;
    this.#server = createServer(async (request, response) => {
      const action = String(request.headers['x-amz-target']).replace(/^.*\./, '');
      const answer = this.#answer(action, JSON.parse(await text(request)));
      response.writeHead(answer.__type === undefined ? 200 : 400, { 'content-type': 'application/x-amz-json-1.0' });
      response.end(JSON.stringify(answer));
    });
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as { port: number }).port}`;
  }

  close(): void {
    this.#server.close();
  }

  #answer(action: string, input: Json): Json {
    const name = String(input.name ?? input.executionArn ?? input.mapRunArn ?? '').replace(/^.*:/, '');
    const run = this.#runs.get(name);
    if (action === 'StartExecution') {
      if (run !== undefined) return { __type: 'ExecutionAlreadyExists', message: name };
      const begun: Run = { status: 'RUNNING', startDate: Date.now() / 1_000 };
      this.#runs.set(name, begun);
      void this.#execute(begun, JSON.parse(input.input));
      return { executionArn: name, startDate: begun.startDate };
    }
    if (action === 'ListExecutions') {
      return { executions: [...this.#runs.keys()].reverse().map((known) => ({ name: known })) };
    }
    if (run === undefined) return { __type: 'ExecutionDoesNotExist', message: name };
    const { map, ...described } = run;
    if (action === 'DescribeExecution') return described;
    if (action === 'ListMapRuns') return { mapRuns: map === undefined ? [] : [{ mapRunArn: name }] };
    if (action === 'DescribeMapRun') return { itemCounts: map };
    // StopExecution: what is under way is aborted.
    Object.assign(run, { status: 'ABORTED', stopDate: Date.now() / 1_000, cause: input.cause });
    return {};
  }

  async #execute(run: Run, input: Json): Promise<void> {
    try {
      const output = await this.#walk(JSON.parse(this.#parts.definition), input, run);
      if (run.status === 'RUNNING') Object.assign(run, { status: 'SUCCEEDED', output: JSON.stringify(output) });
    } catch (error) {
      if (run.status === 'RUNNING') Object.assign(run, { status: 'FAILED', cause: String(error) });
    }
    run.stopDate ??= Date.now() / 1_000;
  }

  /** State by state: https://states-language.net */
  async #walk({ StartAt, States }: Json, input: Json, run: Run): Promise<Json> {
    let [name, value] = [StartAt, input];
    for (;;) {
      if (run.status !== 'RUNNING') throw new Error('stopped');
      const state = States[name];
      if (state.Type === 'Choice') {
        const choice = state.Choices.find((one: Json) => {
          const found = select(value, one.Variable);
          return one.IsPresent === undefined ? found === one.StringEquals : (found !== undefined) === one.IsPresent;
        });
        name = choice?.Next ?? state.Default;
        continue;
      }
      if (state.Type === 'Pass') value = fill(state.Parameters, value);
      else if (state.Type === 'Task') {
        const { Payload } = fill(state.Parameters, value);
        value = await this.#tryAgain(state.Retry, () => this.#parts.invoke(Payload));
      } else {
        value = { ...value, [state.ResultPath.replace('$.', '')]: await this.#mapOver(state, value, run) };
      }
      if (state.End) return value;
      name = state.Next;
    }
  }

  /** The first retrier that names the error; waits are shortened. */
  async #tryAgain(retriers: Json[], act: () => Promise<Json>): Promise<Json> {
    const left = retriers.map(({ MaxAttempts }) => MaxAttempts);
    for (;;) {
      try {
        return await act();
      } catch (error) {
        const code = (error as { code?: string }).code ?? 'Lambda.Unknown';
        const at = retriers.findIndex(({ ErrorEquals }) =>
          ErrorEquals.some((one: string) => [code, 'States.ALL'].includes(one)),
        );
        if (at < 0 || left[at]-- <= 0) throw error;
        await sleep(5);
      }
    }
  }

  async #mapOver(state: Json, input: Json, run: Run): Promise<Json> {
    const items = await this.#readItems(state.ItemReader, input);
    const batches = toBatches(items, state.ItemBatcher, input);
    const map = { total: items.length, succeeded: 0, failed: 0, running: 0, pending: items.length };
    run.map = map;
    const outputs: string[] = [];
    const failures: string[] = [];
    const mostFailed = (state.ToleratedFailurePercentage / 100) * items.length;
    let next = 0;
    const work = async () => {
      while (next < batches.length && run.status === 'RUNNING') {
        const batch = batches[next++] as Json;
        const size = batch.Items.length;
        map.pending -= size;
        map.running += size;
        try {
          outputs.push(JSON.stringify(await this.#walk(state.ItemProcessor, batch, run)));
          map.succeeded += size;
        } catch (error) {
          failures.push(JSON.stringify({ Status: 'FAILED', Cause: String(error) }));
          map.failed += size;
          if (map.failed > mostFailed) throw new Error('States.ExceedToleratedFailureThreshold');
        } finally {
          map.running -= size;
        }
      }
    };
    await Promise.all(Array.from({ length: Math.min(state.MaxConcurrency, batches.length) }, work));
    if (run.status !== 'RUNNING') throw new Error('stopped');
    return await this.#writeResults(fill(state.ResultWriter.Parameters, input), outputs, failures);
  }

  async #readItems({ Resource, Parameters, ReaderConfig }: Json, input: Json): Promise<Json[]> {
    const { Bucket, Prefix, Key } = fill(Parameters, input);
    if (!Resource.endsWith('listObjectsV2')) {
      if (ReaderConfig.InputType === 'MANIFEST') return await this.#readInventory(Bucket, Key);
      if (ReaderConfig.InputType !== 'JSONL') throw new Error(`${ReaderConfig.InputType} is not driven`);
      const lines = (await this.#parts.read(Bucket, Key)).split('\n');
      return lines.filter((line) => line !== '').map((line) => JSON.parse(line));
    }
    const items: Json[] = [];
    for await (const { key, etag, sizeInBytes } of this.#parts.list(Bucket, Prefix)) {
      items.push({ Etag: `"${etag}"`, Key: key, LastModified: 1, Size: sizeInBytes, StorageClass: 'STANDARD' });
    }
    return items;
  }

  /** A row is an item, its fields text and named by the schema. https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemreader.html */
  async #readInventory(bucket: string, key: string): Promise<Json[]> {
    const { files, fileSchema } = JSON.parse(await this.#parts.read(bucket, key));
    const names = fileSchema.split(', ');
    const items: Json[] = [];
    for (const file of files) {
      const rows = gunzipSync(await this.#parts.readBytes(bucket, file.key))
        .toString()
        .trim()
        .split('\n');
      for (const row of rows) {
        const fields: string[] = JSON.parse(`[${row}]`);
        items.push(Object.fromEntries(fields.map((field, index) => [names[index], field])));
      }
    }
    return items;
  }

  /** https://docs.aws.amazon.com/step-functions/latest/dg/input-output-resultwriter.html */
  async #writeResults(
    { Bucket, Prefix }: Json,
    outputs: readonly string[],
    failures: readonly string[],
  ): Promise<Json> {
    const folder = `${Prefix}/${randomUUID()}`;
    const put = async (name: string, lines: readonly string[]) => {
      if (lines.length === 0) return [];
      const body = `${lines.join('\n')}\n`;
      await this.#parts.write(Bucket, `${folder}/${name}_0.jsonl`, body);
      return [{ Key: `${folder}/${name}_0.jsonl`, Size: body.length }];
    };
    const files = { SUCCEEDED: await put('SUCCEEDED', outputs), FAILED: await put('FAILED', failures), PENDING: [] };
    const Key = `${folder}/manifest.json`;
    await this.#parts.write(Bucket, Key, JSON.stringify({ DestinationBucket: Bucket, ResultFiles: files }));
    return { MapRunArn: 'map', ResultWriterDetails: { Bucket, Key } };
  }
}

/** As many items as fit by number and by bytes. https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itembatcher.html */
export function toBatches(items: readonly Json[], batcher: Json, input: Json): Json[] {
  const { MaxItemsPerBatch: most, MaxInputBytesPerBatch: mostBytes } = batcher;
  const BatchInput = fill(batcher.BatchInput, input);
  const empty = Buffer.byteLength(JSON.stringify({ Items: [], BatchInput }));
  const batches: Json[] = [];
  let [batch, bytes]: [Json[], number] = [[], empty];
  for (const item of items) {
    const size = Buffer.byteLength(JSON.stringify(item)) + 1;
    if (batch.length > 0 && (batch.length === most || bytes + size > mostBytes)) {
      batches.push({ Items: batch, BatchInput });
      [batch, bytes] = [[], empty];
    }
    batch.push(item);
    bytes += size;
  }
  if (batch.length > 0) batches.push({ Items: batch, BatchInput });
  return batches;
}

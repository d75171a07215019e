import { type ResultPlace, type ResultRecord, resultKey } from '../../facts/batch-records.ts';
import { putObject } from '../s3/put-object.ts';
import type { SendToS3 } from '../s3/s3-client.ts';
import { digestOfIds } from './record-photo.ts';

/** The lines of a result file and its key: the same for the same photos, whatever became of them. */
export interface ResultFile {
  readonly key: string;
  readonly body: Uint8Array;
}

/**
 * @param records at least one, all of one model; of those with one id the first stays
 * @param date YYYY-MM-DD
 */
export function drawResultFile(place: ResultPlace, date: string, records: readonly ResultRecord[]): ResultFile {
  const byId = new Map<string, ResultRecord>();
  for (const record of records) if (!byId.has(record.id)) byId.set(record.id, record);
  const [first] = byId.values();
  if (first === undefined) throw new Error('There is no record to write.');
  const lines = [...byId.values()].map((record) => `${JSON.stringify(record)}\n`);
  const key = resultKey(place, first.modelVersion, date, digestOfIds([...byId.keys()]));
  return { key, body: Buffer.from(lines.join('')) };
}

/** Writes records as one file, none where there are none. Rejects as the client does. */
export function createWriteResults(send: SendToS3, place: ResultPlace) {
  return async (date: string, records: readonly ResultRecord[], signal: AbortSignal): Promise<string | undefined> => {
    if (records.length === 0) return undefined;
    const { key, body } = drawResultFile(place, date, records);
    await putObject(send, { bucket: place.bucket, key }, body, { contentType: 'application/x-ndjson', signal });
    return key;
  };
}

export type WriteResults = ReturnType<typeof createWriteResults>;

/** The day of a moment in UTC. */
export function dayOf(moment: Date): string {
  return moment.toISOString().slice(0, 10);
}

import { gzipSync } from 'node:zlib';
import type { BulkStore } from '../../../cli/bulk/bulk-store.ts';
import { parseResultPlace, type ResultRecord, resultFolder } from '../../../facts/batch-records.ts';

/** Objects by `bucket/key`, and whatever a command writes among the results. */
export function storeInMemory(objects: Map<string, string>, place = 'out'): BulkStore {
  const parsed = parseResultPlace(place);
  return {
    place: parsed,
    read: async (key) => objects.get(`${parsed.bucket}/${key}`),
    put: async (key, body) => void objects.set(`${parsed.bucket}/${key}`, body),
    async *list(bucket, prefix) {
      for (const [name, text] of [...objects].sort()) {
        const key = name.slice(bucket.length + 1);
        if (name.startsWith(`${bucket}/`) && key.startsWith(prefix)) {
          yield { key, etag: `etag-${text.length}`, sizeInBytes: text.length };
        }
      }
    },
    getPhoto: async (bucket, key) => Buffer.from(objects.get(`${bucket}/${key}`) ?? ''),
    // Packed, for text in a map of texts can't be.
    getList: async (bucket, key) => {
      const text = objects.get(`${bucket}/${key}`) ?? '';
      return key.endsWith('.gz') ? gzipSync(text) : Buffer.from(text);
    },
  };
}

export const modelVersion = '0123456789ab';
export const date = '2026-11-27';

export function answered(id: number, more: Partial<ResultRecord> = {}): ResultRecord {
  return {
    id: String(id).padStart(4, '0').padEnd(64, '0'),
    bucket: 'shop',
    key: `new/${id}.jpg`,
    etag: 'etag-5',
    modelName: 'clothing',
    modelVersion,
    sizeInBytes: 1_000,
    label: id % 2 === 0 ? 'dress' : 'shirt',
    probability: 0.5 + id / 1_000,
    verdict: id % 3 === 0 ? 'unsure' : 'confident',
    predictions: [],
    photo: { format: 'jpeg', width: 400, height: 300, orientation: 1, decoder: 'own' },
    ...more,
  } as ResultRecord;
}

export function failed(id: number): ResultRecord {
  const { bucket, key, etag, modelName, id: name } = answered(id);
  const error = { code: 'corrupt_photo', message: 'It is damaged.', hint: 'Send another.' } as const;
  return { id: name, bucket, key, ...(etag !== undefined && { etag }), modelName, modelVersion, error };
}

/** A result file of the run's day with these lines. */
export function resultFile(name: string, records: readonly ResultRecord[]): [string, string] {
  const folder = resultFolder({ bucket: 'out', prefix: '' }, modelVersion, date);
  return [`out/${folder}${name}.jsonl`, records.map((record) => `${JSON.stringify(record)}\n`).join('')];
}

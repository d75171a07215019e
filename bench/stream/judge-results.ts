import type { ResultRecord } from '../../facts/batch-records.ts';
import { getObject } from '../../function/s3/get-object.ts';
import { listObjects } from '../../function/s3/list-objects.ts';
import type { SendToS3 } from '../../function/s3/s3-client.ts';
import type { StreamPhoto } from './stream-photos.ts';

export interface StreamJudgement {
  readonly files: number;
  readonly lines: number;
  /** Lines with an id that another line has: the same photo, delivered again. */
  readonly repeatedLines: number;
  /** Lines of one id that say different things. */
  readonly contradictions: number;
  /** Different ids. */
  readonly results: number;
  /** Photos without a result. */
  readonly lost: number;
  /** Photos with results of more than one id. */
  readonly twice: number;
  /** Results that are not what the photo is. */
  readonly wrong: number;
}

/** Reads all result files and holds them against what was put in. */
export async function judgeResults(
  s3: SendToS3,
  { bucket, prefix }: { readonly bucket: string; readonly prefix: string },
  photos: readonly StreamPhoto[],
): Promise<StreamJudgement> {
  const { signal } = new AbortController();
  const firstById = new Map<string, string>();
  const idsByKey = new Map<string, Set<string>>();
  const codeByKey = new Map<string, string | undefined>();
  let [files, lines, repeatedLines, contradictions] = [0, 0, 0, 0];
  for await (const { key } of listObjects(s3, { bucket, prefix, signal })) {
    files++;
    const { bytes } = await getObject(s3, { bucket, key }, { maximumSizeInBytes: 50_000_000, signal });
    for (const line of Buffer.from(bytes).toString().trimEnd().split('\n')) {
      lines++;
      const record: ResultRecord = JSON.parse(line);
      const first = firstById.get(record.id);
      if (first !== undefined) repeatedLines++;
      if (first !== undefined && first !== line) contradictions++;
      firstById.set(record.id, first ?? line);
      idsByKey.set(record.key, (idsByKey.get(record.key) ?? new Set()).add(record.id));
      codeByKey.set(record.key, 'error' in record ? record.error.code : undefined);
    }
  }
  return {
    files,
    lines,
    repeatedLines,
    contradictions,
    results: firstById.size,
    lost: photos.filter(({ key }) => !idsByKey.has(key)).length,
    twice: [...idsByKey.values()].filter((ids) => ids.size > 1).length,
    wrong: photos.filter(({ key, code }) => idsByKey.has(key) && codeByKey.get(key) !== code).length,
  };
}

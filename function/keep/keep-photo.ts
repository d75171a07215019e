import type { Answer } from '../../facts/answers.ts';
import { keptKey, parseResultPlace, type ResultPlace } from '../../facts/batch-records.ts';
import { keepSettings } from '../../facts/keep-settings.ts';
import type { Log } from '../invocation/request-log.ts';
import { putObject } from '../s3/put-object.ts';
import type { SendToS3 } from '../s3/s3-client.ts';
import { type Environment, readTable } from '../settings/read-setting.ts';

export interface KeepSettings {
  readonly place: ResultPlace;
  /** Of the photos answered `unsure` or `unfamiliar`, from 0 to 1. */
  readonly unsureShare: number;
  /** Of all that were answered. */
  readonly randomShare: number;
}

/** What of a photo's record says whether it is kept, and where. */
export interface KeptRecord extends Pick<Answer, 'verdict' | 'photo'> {
  readonly id: string;
}

/**
 * Undefined where nothing is kept.
 * @throws SettingError naming the variable that can't be used
 */
export function readKeepSettings(environment: Environment): KeepSettings | undefined {
  const { keepBucket, keepUnsureShare, keepRandomShare } = readTable(keepSettings, environment);
  if (keepBucket === undefined) return undefined;
  return { place: parseResultPlace(keepBucket), unsureShare: keepUnsureShare, randomShare: keepRandomShare };
}

/**
 * Copies some photos with their records to a place of their own, for labelling. What is copied follows from the photo's id, so that
 * one delivered twice is copied twice to the same key or never. A copy that fails is a line in the log, and nothing more.
 */
export function createKeepPhoto(send: SendToS3, { place, unsureShare, randomShare }: KeepSettings, log: Log) {
  return async (bytes: Uint8Array, record: KeptRecord, signal: AbortSignal): Promise<void> => {
    const { id, verdict, photo } = record;
    const isDoubtful = verdict === 'unsure' || verdict === 'unfamiliar';
    if (drawOf(id) >= (isDoubtful ? Math.max(unsureShare, randomShare) : randomShare)) return;
    const extension = extensionOf(photo);
    const key = keptKey(place, { id, date: new Date().toISOString().slice(0, 10), verdict, extension });
    const line = Buffer.from(`${JSON.stringify(record)}\n`);
    const { bucket } = place;
    try {
      await putObject(send, { bucket, key }, bytes, { contentType: `image/${photo.format}`, signal });
      const besideIt = { bucket, key: key.replace(/[^.]*$/, 'json') };
      await putObject(send, besideIt, line, { contentType: 'application/json', signal });
    } catch (error) {
      const details = error instanceof Error ? error.message : String(error);
      log({ time: new Date().toISOString(), level: 'warn', message: 'a photo was not kept', id, details });
    }
  };
}

/** As names of files end. */
export function extensionOf({ format }: Answer['photo']): string {
  return format === 'jpeg' ? 'jpg' : format;
}

/** A number from 0 to 1, below 1, that an id stands for. */
function drawOf(id: string): number {
  return Number.parseInt(id.slice(0, 8), 16) / 2 ** 32;
}

import type { Log } from '../invocation/request-log.ts';
import type { Prediction } from '../prediction/predict.ts';

export interface AnsweredPhoto {
  readonly bytes: Uint8Array;
  readonly prediction: Prediction;
}

/** Photos that callers have sent, with their answers, until there is time to see which of them are kept. */
export interface AnsweredPhotos {
  /** Takes note of one, in bytes of its own, and does no more, since its caller waits. */
  note(bytes: Uint8Array, prediction: Prediction): void;
  hasNoted(): boolean;
  /** Sees to those noted so far; never rejects. In milliseconds since the epoch: when the runtime gives up. */
  keep(deadlineAt: number): Promise<void>;
}

/** Photos beyond are let go, so that a slow S3 does not fill the memory. */
const mostBytesHeld = 64_000_000;
const longestInMilliseconds = 5_000;
/** Before the runtime gives up, so that it never does for this. */
const marginInMilliseconds = 500;

/** @param keepAll what keeps them, loaded at its first use: no start has to read it. It may reject, which is a line in the log. */
export function createAnsweredPhotos(
  keepAll: (photos: readonly AnsweredPhoto[], signal: AbortSignal) => Promise<void>,
  log: Log,
): AnsweredPhotos {
  let noted: AnsweredPhoto[] = [];
  let bytesHeld = 0;
  let letGo = 0;
  const tell = (level: 'warn' | 'error', message: string, details: string) =>
    log({ time: new Date().toISOString(), level, message, details });
  return {
    note(bytes, prediction) {
      if (bytesHeld + bytes.length > mostBytesHeld) {
        letGo++;
        return;
      }
      bytesHeld += bytes.length;
      // The bytes may be a part of a larger body, or be let go with the answer.
      noted.push({ bytes: new Uint8Array(bytes), prediction });
    },
    hasNoted: () => noted.length > 0,
    async keep(deadlineAt) {
      const photos = noted;
      noted = [];
      const left = Math.min(deadlineAt - Date.now() - marginInMilliseconds, longestInMilliseconds);
      try {
        if (left > 0) await keepAll(photos, AbortSignal.timeout(left));
        else letGo += photos.length;
      } catch (error) {
        tell('error', 'photos were not kept', error instanceof Error ? error.message : String(error));
      } finally {
        for (const { bytes } of photos) bytesHeld -= bytes.length;
      }
      if (letGo > 0) tell('warn', 'photos were let go', `${letGo}, for want of time or memory`);
      letGo = 0;
    },
  };
}

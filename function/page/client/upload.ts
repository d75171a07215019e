import type { Answer } from '../../../facts/answers.ts';
import { AnswerError } from './answer-error.ts';
import { type Asking, predictStored, putPhoto, requestUpload } from './service.ts';

/** The photo could not be put there, for whatever reason: there is another way, which is smaller. */
export class UploadFailure extends Error {
  override readonly name = 'UploadFailure';
}

/** Asks about a photo by way of the service's storage; asked about again, it is there already. */
export function createUpload(photo: Blob): (asking: Asking) => Promise<Answer> {
  let stored: string | undefined;
  return async (asking) => {
    if (stored === undefined) {
      const { put, s3 } = await requestUpload(photo.size, asking);
      await putPhoto(put.url, photo, asking).catch((cause: unknown) => {
        if (asking.signal.aborted) throw cause;
        throw new UploadFailure('The photo could not be put into the storage.', { cause });
      });
      stored = s3;
    }
    try {
      return await predictStored(stored, asking);
    } catch (error) {
      // It is not kept for long.
      if (error instanceof AnswerError && error.status === 424) stored = undefined;
      throw error;
    }
  };
}

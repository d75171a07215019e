import { parentPort, workerData } from 'node:worker_threads';
import { answerJobs, type Prepared } from '../../model/pool/answer-jobs.ts';
import { createDeadline } from '../invocation/deadline.ts';
import { ServiceError } from '../invocation/service-error.ts';
import { classifyPhoto, modelFactsOf } from '../prediction/classify-photo.ts';
import { wirePhotos } from '../wire-photos.ts';
import type { PhotoJob, PhotoOutcome, ThreadFacts, ThreadSettings } from './photo-job.ts';

if (parentPort === null) throw new Error('This module runs in a worker thread.');
await answerJobs(parentPort, prepare);

/** Loads a model of its own. */
async function prepare(): Promise<Prepared<ThreadFacts, PhotoJob, PhotoOutcome>> {
  const parts = wirePhotos(workerData as ThreadSettings);
  const classifier = await parts.classifier();
  return {
    facts: modelFactsOf(classifier),
    async answer({ bytes, explain, endsAt }) {
      const { throwIfOver, release } = createDeadline(endsAt);
      try {
        const classified = await classifyPhoto(parts, classifier, bytes, { explain, throwIfOver });
        return { kind: 'classified', classified };
      } catch (thrown) {
        if (!(thrown instanceof ServiceError)) throw thrown;
        const { code, message, hint } = thrown;
        return { kind: 'refused', refused: { code, message, hint } };
      } finally {
        release();
      }
    },
  };
}

import { hash } from 'node:crypto';
import { createDeadline } from '../../function/invocation/deadline.ts';
import { createPredict, type PredictCollaborators } from '../../function/prediction/predict.ts';
import { toAnswer } from '../../function/prediction/prediction-answer.ts';
import { describeFileError, type FileProblem } from '../describe-file-error.ts';
import { loadPhoto } from './load-photo.ts';
import type { FileResult, WorkerSettings } from './messages.ts';

/** One file's answer with every label, or what is wrong with it; never rejects, so that a bad file stops no others. */
export async function classifyFile(
  collaborators: PredictCollaborators,
  file: string,
  { explain, standardInput, thumbnails }: Omit<WorkerSettings, 'environment'>,
): Promise<FileResult> {
  const startedAt = performance.now();
  const deadline = createDeadline(Number.POSITIVE_INFINITY);
  try {
    const { fetchPhoto } = collaborators;
    const bytes = await loadPhoto(file, { fetchPhoto, standardInput, signal: deadline.signal });
    const readMs = performance.now() - startedAt;
    const prediction = await createPredict(collaborators)({ kind: 'bytes', bytes }, { explain, deadline });
    const totalMs = performance.now() - startedAt;
    const top = prediction.labels.length;
    const answer = toAnswer(prediction, { top, readMs, totalMs, coldStart: false });
    const content = { sha256: hash('sha256', bytes), sizeInBytes: bytes.length };
    return { file, content, answer, ...(thumbnails && { thumbnail: await drawThumbnail(bytes) }) };
  } catch (thrown) {
    return { file, error: describe(thrown) };
  } finally {
    deadline.release();
  }
}

/** Loaded for a picture report alone. */
export async function drawThumbnail(bytes: Uint8Array): Promise<string> {
  const [{ drawThumbnailOfBytes }, { assets }] = await Promise.all([
    import('../../training/findings/draw-thumbnail.ts'),
    import('../../function/bundling/assets.ts'),
  ]);
  return drawThumbnailOfBytes(bytes, assets.webpWasmFile);
}

function describe(thrown: unknown): FileProblem {
  try {
    return describeFileError(thrown);
  } catch {
    return {
      code: 'internal_error',
      message: `lambda-lens failed while it worked on this photo: ${thrown instanceof Error ? thrown.message : thrown}`,
      hint: 'This is a fault of lambda-lens, not of the photo; please report it with the photo.',
    };
  }
}

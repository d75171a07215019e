import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ServiceError, toServiceError } from '../../function/invocation/service-error.ts';
import { readPhotoRequest } from '../../function/source/read-photo-request.ts';
import { nameOutputs } from '../../importer/graph/name-outputs.ts';
import { optimiseGraph } from '../../importer/graph/optimise-graph.ts';
import { ImportError } from '../../importer/import-error.ts';
import { readModel } from '../../importer/read-model.ts';
import { decodePhoto } from '../../photo/decode-photo.ts';
import { PhotoError } from '../../photo/photo-error.ts';

/** What reads the input: the decoders, whatever reads a request's body, or the importer of ONNX files. */
export const targets = ['photo', 'form', 'json', 'onnx'] as const;
export type Target = (typeof targets)[number];

export interface Verdict {
  /** `picture`, `request`, `model`, `refused` or the code of an error. */
  readonly outcome: string;
  /** What is wrong with that outcome; undefined when nothing is. */
  readonly fault: string | undefined;
}

export const formType = 'multipart/form-data; boundary=fuzz';

const maximumPixels = 4_000_000;
const photoCodes: readonly string[] = ['bad_request', 'unsupported_format', 'photo_too_large', 'corrupt_photo'];

/** Whether an input gets a complete, well-formed result or an error that blames the input; anything else is a fault. */
export async function judgeInput(target: Target, input: Uint8Array): Promise<Verdict> {
  try {
    if (target === 'photo') return await judgePhoto(input);
    if (target === 'onnx') return await judgeModel(input);
    await readPhotoRequest(input, target === 'form' ? formType : 'application/json', 16);
    return { outcome: 'request', fault: undefined };
  } catch (error) {
    if (!(error instanceof ServiceError || error instanceof PhotoError)) {
      return { outcome: 'crash', fault: error instanceof Error ? (error.stack ?? error.message) : String(error) };
    }
    const allowed = target === 'photo' ? photoCodes : ['bad_request'];
    const { code, message } = toServiceError(error);
    return { outcome: code, fault: allowed.includes(code) ? undefined : `${code}: ${message}` };
  }
}

/** Imported, or refused with a sentence and what to do. */
async function judgeModel(input: Uint8Array): Promise<Verdict> {
  const file = join(tmpdir(), `fuzz-${process.pid}.onnx`);
  writeFileSync(file, input);
  try {
    const { input: photo, score } = await readModel(file, {});
    optimiseGraph(nameOutputs(photo, score));
    return { outcome: 'model', fault: undefined };
  } catch (error) {
    if (!(error instanceof ImportError)) throw error;
    const { message, hint } = error;
    const isSentence = message.length > 0 && message.length < 1_000 && hint !== undefined && hint !== '';
    return { outcome: 'refused', fault: isSentence ? undefined : `refused without a sentence: ${message}` };
  } finally {
    rmSync(file, { force: true });
  }
}

async function judgePhoto(input: Uint8Array): Promise<Verdict> {
  // By its length, so that a saved input goes the same way again.
  const minimumSize = { width: 16, height: 16 };
  const isReduced = input.length % 2 === 0;
  const { pixels, photo } = await decodePhoto(input, { maximumPixels, ...(isReduced ? { minimumSize } : {}) });
  const { width, height, data } = pixels;
  const isComplete = width > 0 && height > 0 && data.length === 3 * width * height;
  const isBounded = photo.width * photo.height <= maximumPixels && width <= photo.width && height <= photo.height;
  const fault =
    isComplete && isBounded ? undefined : `${data.length} bytes for ${width} × ${height} of ${JSON.stringify(photo)}`;
  return { outcome: 'picture', fault };
}

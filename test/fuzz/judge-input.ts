import { ServiceError, toServiceError } from '../../function/invocation/service-error.ts';
import { readPhotoRequest } from '../../function/source/read-photo-request.ts';
import { decodePhoto } from '../../photo/decode-photo.ts';
import { PhotoError } from '../../photo/photo-error.ts';

/** What reads the input: the decoders, or whatever reads a request's body. */
export type Target = 'photo' | 'form' | 'json';

export interface Verdict {
  /** `picture`, `request` or the code of an error. */
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

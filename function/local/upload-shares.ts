import { ServiceError } from '../invocation/service-error.ts';
import { retryAfterInSeconds } from './create-admission.ts';

export interface UploadLimits {
  readonly maximumUploadsInBytes: number;
  readonly maximumUploadsPerAddressInBytes: number;
}

/** Bounds how many bytes of bodies are held at a time, in all and for each caller. */
export interface UploadShares {
  open(caller: string): HeldUpload;
}

/** One body, from its first byte until its request is answered. */
export interface HeldUpload {
  /**
   * Says how large the buffer of the body becomes.
   * @throws ServiceError `busy` where that is too much now
   */
  hold(sizeInBytes: number): void;
  release(): void;
}

export function createUploadShares({
  maximumUploadsInBytes,
  maximumUploadsPerAddressInBytes,
}: UploadLimits): UploadShares {
  const heldByCaller = new Map<string, number>();
  let heldInBytes = 0;

  return {
    open(caller) {
      let ownInBytes = 0;
      const change = (byInBytes: number) => {
        heldInBytes += byInBytes;
        ownInBytes += byInBytes;
        const held = (heldByCaller.get(caller) ?? 0) + byInBytes;
        if (held === 0) heldByCaller.delete(caller);
        else heldByCaller.set(caller, held);
      };
      return {
        hold(sizeInBytes) {
          const moreInBytes = sizeInBytes - ownInBytes;
          if ((heldByCaller.get(caller) ?? 0) + moreInBytes > maximumUploadsPerAddressInBytes) {
            throw busy('Your other uploads take all the memory that one address may have.');
          }
          if (heldInBytes + moreInBytes > maximumUploadsInBytes) {
            throw busy('The service holds as many bytes of uploads as it may.');
          }
          change(moreInBytes);
        },
        release: () => change(-ownInBytes),
      };
    },
  };
}

function busy(what: string): ServiceError {
  return new ServiceError('busy', what, `Try again in ${retryAfterInSeconds} second.`, {
    headers: { 'retry-after': String(retryAfterInSeconds) },
  });
}

import { ServiceError, toServiceError } from '../invocation/service-error.ts';
import { S3Error } from '../s3/s3-error.ts';

/**
 * Why a photo or a batch was not done, for the log and for whoever asks again: `busy` passes, `internal_error` is to be mended by
 * whoever runs the service.
 */
export function toFailure(thrown: unknown): ServiceError {
  if (!(thrown instanceof S3Error)) return toServiceError(thrown);
  const code = { gone: 'fetch_failed', passing: 'busy', refused: 'internal_error' } as const;
  return new ServiceError(code[thrown.kind], thrown.message, thrown.hint, { cause: thrown });
}

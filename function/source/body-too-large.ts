import { ServiceError } from '../invocation/service-error.ts';

/** @param sizeInBytes decoded; undefined where reading stopped at the limit */
export function bodyTooLarge(sizeInBytes: number | undefined, limitInBytes: number): ServiceError {
  const limit = limitInBytes.toLocaleString('en');
  const size = sizeInBytes === undefined ? `more than ${limit}` : sizeInBytes.toLocaleString('en');
  return new ServiceError(
    'photo_too_large',
    `The body has ${size} bytes; the limit is ${limit}.`,
    'Send a smaller version of the photo, or its URL; the model looks at a few hundred pixels a side.',
  );
}

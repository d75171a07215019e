import { ServiceError } from '../invocation/service-error.ts';

/** What serves no longer answers as it should; the figures are for the log. */
export function disagreement(message: string, figures: unknown): ServiceError {
  return new ServiceError(
    'internal_error',
    message,
    'Give the request id to whoever runs the service; the log has the figures.',
    { cause: new Error(JSON.stringify(figures)) },
  );
}

import type { Handler } from '../invocation/invocation-context.ts';
import { toErrorReport } from './error-report.ts';

/** What this project needs of the context object that AWS's own Node.js runtime hands to a handler. */
export interface AwsContext {
  readonly awsRequestId: string;
  getRemainingTimeInMillis(): number;
}

export type AwsHandler = (event: unknown, context: AwsContext) => Promise<unknown>;

/** The service's handler in the shape that AWS's own Node.js runtime calls. */
export function toAwsHandler(handler: Handler): AwsHandler {
  return async (event, context) => {
    const deadlineAt = Date.now() + context.getRemainingTimeInMillis();
    try {
      return await handler(event, { requestId: context.awsRequestId, deadlineAt });
    } catch (error) {
      throw toNamedError(error);
    }
  };
}

/** That runtime reports an error's name as its `errorType`, and its stack to the caller. */
function toNamedError(thrown: unknown): Error {
  const { errorType, errorMessage } = toErrorReport(thrown);
  const named = new Error(errorMessage, { cause: thrown });
  named.name = errorType;
  named.stack = `${errorType}: ${errorMessage}`;
  return named;
}

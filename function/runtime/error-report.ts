import { toServiceError } from '../invocation/service-error.ts';

/** A failed invocation in the words of the Runtime API; the caller sees it as the function error. */
export interface ErrorReport {
  readonly errorType: string;
  readonly errorMessage: string;
  /** Always empty: frames of a minified bundle tell a caller nothing, and ours are none of their business. */
  readonly stackTrace: readonly string[];
}

/** Any thrown value as a report: `errorType` is the code of the service's error, the message carries its hint. */
export function toErrorReport(thrown: unknown): ErrorReport {
  const { code, message, hint } = toServiceError(thrown);
  return { errorType: code, errorMessage: `${message} ${hint}`, stackTrace: [] };
}

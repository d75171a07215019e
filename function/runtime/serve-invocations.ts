import { parseJson } from '../../files/parse-json.ts';
import type { Handler } from '../invocation/invocation-context.ts';
import { logToStandardOutput } from '../invocation/request-log.ts';
import { ServiceError } from '../invocation/service-error.ts';
import { type ErrorReport, toErrorReport } from './error-report.ts';
import { type Invocation, type RuntimeApi, RuntimeApiError } from './runtime-api.ts';

/** What Lambda passes on of a buffered answer: 6 MB and a little (https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html). */
export const maximumAnswerSizeInBytes = 6_291_556;

type InvocationOutcome = { readonly answer: string } | { readonly report: ErrorReport };

/**
 * Takes events from the Runtime API and hands in answers, one after the other, until `signal` fires: an idle wait ends
 * at once, an event being worked on is answered first. A handler that throws fails its own invocation only. What it leaves for
 * after its answer is done before the next event is asked for.
 * @throws when the Runtime API is gone or says that it cannot go on.
 */
export async function serveInvocations(api: RuntimeApi, handler: Handler, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    let invocation: Invocation;
    try {
      invocation = await api.next(signal);
    } catch (error) {
      if (signal.aborted) return;
      throw error;
    }
    passOnTraceId(invocation.traceId);
    const later: (() => Promise<void>)[] = [];
    await handIn(api, invocation.requestId, await work(handler, invocation, (one) => later.push(one)));
    // The caller has the answer; Lambda lets this process run until it asks for the next event, on which
    // github.com/aws-samples/aws-lambda-post-runner rests as well. AWS's emulator hands the answer on only then.
    for (const one of later) await one();
  }
}

async function work(
  handler: Handler,
  { requestId, deadlineAt, event }: Invocation,
  afterAnswer: (work: () => Promise<void>) => void,
): Promise<InvocationOutcome> {
  try {
    const answer = JSON.stringify((await handler(parseEvent(event), { requestId, deadlineAt, afterAnswer })) ?? null);
    const sizeInBytes = Buffer.byteLength(answer);
    return sizeInBytes > maximumAnswerSizeInBytes ? { report: oversized(sizeInBytes) } : { answer };
  } catch (error) {
    if (!(error instanceof ServiceError)) logFailure(requestId, error);
    return { report: toErrorReport(error) };
  }
}

async function handIn(api: RuntimeApi, requestId: string, outcome: InvocationOutcome): Promise<void> {
  try {
    if ('report' in outcome) await api.reportError(requestId, outcome.report);
    else await api.respond(requestId, outcome.answer);
  } catch (error) {
    // 4xx: this message was not taken, for instance because the invocation timed out meanwhile; the next event may come.
    if (!(error instanceof RuntimeApiError) || error.status >= 500) throw error;
    if (error.status === 413 && 'answer' in outcome) {
      return handIn(api, requestId, { report: oversized(Buffer.byteLength(outcome.answer)) });
    }
    logFailure(requestId, error);
  }
}

// Lambda itself always sends JSON; its emulator passes on whatever was posted to it.
function parseEvent(event: string): unknown {
  try {
    return parseJson(event);
  } catch (cause) {
    throw new ServiceError('bad_request', 'The event is not JSON.', 'Send {"url": "https://…"}, for instance.', {
      cause,
    });
  }
}

// The type that Lambda itself uses where a runtime lets such an answer through.
function oversized(sizeInBytes: number): ErrorReport {
  return {
    errorType: 'Function.ResponseSizeTooLarge',
    errorMessage: `The answer has ${sizeInBytes} bytes, and Lambda passes on ${maximumAnswerSizeInBytes} at most. Ask for less at once.`,
    stackTrace: [],
  };
}

// Where the AWS SDKs and X-Ray's look for it: it belongs to the invocation, so a missing one must not leave the last.
function passOnTraceId(traceId: string | undefined): void {
  if (traceId === undefined) delete process.env._X_AMZN_TRACE_ID;
  else process.env._X_AMZN_TRACE_ID = traceId;
}

function logFailure(requestId: string, error: unknown): void {
  const details = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const time = new Date().toISOString();
  logToStandardOutput({ time, level: 'error', message: 'invocation failed', requestId, details });
}

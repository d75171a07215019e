import type { ErrorCode } from '../../facts/error-codes.ts';
import type { ServiceError } from './service-error.ts';

export type LogFields = Readonly<Record<string, unknown>>;

/** Writes one entry, as one line. */
export type Log = (entry: LogFields) => void;

/** JSON lines on standard output, where Lambda collects them. */
export const logToStandardOutput: Log = (entry) => {
  process.stdout.write(`${JSON.stringify(entry)}\n`);
};

/** For what ends the process: nothing is to be left in a buffer. Lambda collects both in one log. */
export const logToStandardError: Log = (entry) => {
  process.stderr.write(`${JSON.stringify(entry)}\n`);
};

/** How much an entry matters, the least first. */
const levels = ['info', 'warn', 'error'];

/** Writes what matters at least as much as `level`; an entry without a level of its own matters most. */
export function logFrom(level: string, log: Log): Log {
  const least = levels.indexOf(level);
  return (entry) => {
    const own = levels.indexOf(String(entry.level));
    // Metrics stand in the request's line, so a line that has some is written whatever its level.
    if (own === -1 || own >= least || '_aws' in entry) log(entry);
  };
}

export type ToMetrics = (fields: LogFields, code: ErrorCode | undefined) => LogFields;

/** What one request was about, gathered on its way and written once, when it is answered. */
export interface RequestRecord {
  /** Never photo bytes, secrets or a whole URL. */
  note(fields: LogFields): void;
  /** Says what was answered instead of a prediction. */
  fail(failure: ServiceError): void;
  /** Writes the line. */
  write(): void;
}

/** @param toMetrics what the line counts of the request, from what was noted and the code of its failure; nothing unless given */
export function openRecord(log: Log, requestId: string, toMetrics?: ToMetrics): RequestRecord {
  const startedAt = performance.now();
  const fields: Record<string, unknown> = {};
  let failure: ServiceError | undefined;
  return {
    note(more) {
      Object.assign(fields, more);
    },
    fail(error) {
      failure = error;
    },
    write() {
      log({
        time: new Date().toISOString(),
        level: levelOf(failure),
        message: 'request',
        requestId,
        ...fields,
        durationMs: Math.round(performance.now() - startedAt),
        ...(failure === undefined ? {} : describeFailure(failure)),
        ...toMetrics?.(fields, failure?.code),
      });
    },
  };
}

function levelOf(failure: ServiceError | undefined): 'info' | 'warn' | 'error' {
  if (failure === undefined) return 'info';
  return failure.code === 'internal_error' ? 'error' : 'warn';
}

/** The caller's own mistakes need no stack; ours keep everything that led to them. */
function describeFailure(failure: ServiceError): LogFields {
  const described = { code: failure.code, error: withoutQuotes(failure.message) };
  return failure.code === 'internal_error' ? { ...described, causes: describeCauses(failure.cause) } : described;
}

/** Words of the caller stand in quotation marks in every message; they may be anybody's name, and are no business of the log. */
function withoutQuotes(message: string): string {
  return message.replace(/"(?:[^"\\]|\\.)*"/g, '"…"');
}

const maximumCauses = 5;

function describeCauses(cause: unknown): readonly string[] {
  const causes: string[] = [];
  let current = cause;
  while (current !== undefined && causes.length < maximumCauses) {
    causes.push(current instanceof Error ? (current.stack ?? String(current)) : String(current));
    current = current instanceof Error ? current.cause : undefined;
  }
  return causes;
}

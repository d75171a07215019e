import { ExplainedError } from '../../facts/explained-error.ts';
import { logToStandardError } from '../invocation/request-log.ts';
import { SettingError } from '../settings/setting-error.ts';
import { type ErrorReport, toErrorReport } from './error-report.ts';

/**
 * Writes why the function cannot start as a line of its log, where a filter on errors sees it, and gives the same as Lambda
 * takes it. Unlike a failed invocation's, the message reaches only those who may read the function's log and errors.
 */
export async function logStartFailure(error: unknown): Promise<ErrorReport> {
  const sentence = error instanceof Error ? error.message : String(error);
  const hint = await hintOf(error);
  const details = error instanceof Error ? error.stack : undefined;
  const time = new Date().toISOString();
  logToStandardError({ time, level: 'error', message: 'The function cannot start.', error: sentence, hint, details });
  return { ...toErrorReport(error), errorMessage: hint === undefined ? sentence : `${sentence} ${hint}` };
}

async function hintOf(error: unknown): Promise<string | undefined> {
  if (!(error instanceof SettingError)) return error instanceof ExplainedError ? error.hint : undefined;
  const { meantBy } = await import('../../facts/meant-by.ts');
  const meaning = error.value === undefined ? undefined : meantBy(error.key, error.value);
  return meaning === undefined ? error.hint : `${error.hint} ${meaning}`;
}

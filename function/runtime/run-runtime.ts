import type { Handler } from '../invocation/invocation-context.ts';
import { logToStandardError } from '../invocation/request-log.ts';
import { RuntimeApi } from './runtime-api.ts';
import { serveInvocations } from './serve-invocations.ts';

/**
 * The life of the container's process: prepares the handler (Lambda's init phase), then serves until TERM or INT.
 * @param endpoint AWS_LAMBDA_RUNTIME_API.
 * @param isSnapshot whether Lambda takes a snapshot of the prepared process, from which others are restored.
 * @returns the exit code: 0 after a signal, 1 when the function cannot start or the Runtime API is gone.
 */
export async function runRuntime(
  endpoint: string,
  prepare: () => Promise<Handler>,
  isSnapshot = process.env.AWS_LAMBDA_INITIALIZATION_TYPE === 'snap-start',
): Promise<number> {
  // As process 1 of a container Node has no default action for these: without a listener they are ignored.
  const stopped = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stopped.abort());

  const api = new RuntimeApi(endpoint);
  try {
    const handler = await prepareOrReport(prepare, api);
    if (handler === undefined) return 1;
    if (isSnapshot) await api.awaitRestore();
    await serveInvocations(api, handler, stopped.signal);
    return 0;
  } catch (error) {
    const details = error instanceof Error ? error.stack : String(error);
    const time = new Date().toISOString();
    logToStandardError({ time, level: 'error', message: `The Runtime API at ${endpoint} is lost.`, details });
    return 1;
  } finally {
    api.close();
  }
}

async function prepareOrReport(prepare: () => Promise<Handler>, api: RuntimeApi): Promise<Handler | undefined> {
  try {
    return await prepare();
  } catch (error) {
    // Loaded here, since no other start reads it.
    const { logStartFailure } = await import('./log-start-failure.ts');
    await api.reportInitError(await logStartFailure(error));
    return undefined;
  }
}

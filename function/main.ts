import type { Handler } from './invocation/invocation-context.ts';
import { runRuntime } from './runtime/run-runtime.ts';
import { type AwsHandler, toAwsHandler } from './runtime/to-aws-handler.ts';
import { warmUp } from './warm-up/warm-up.ts';
import { wireService } from './wire.ts';

// As the container's entry this file is the runtime, and where Lambda is not around a server; on AWS's base image that
// runtime imports it and calls `handler`.
if (import.meta.main) process.exit(await run(process.env.AWS_LAMBDA_RUNTIME_API));

/** For AWS's own runtime. Prepared while the module loads, so that the init phase bears the cost. */
export const handler: AwsHandler = toAwsHandler(await prepareOrLog());

async function run(runtimeApi: string | undefined): Promise<number> {
  if (runtimeApi) return runRuntime(runtimeApi, prepare);
  const { serveAnywhere } = await import('./anywhere.ts');
  return serveAnywhere(process.env);
}

async function prepareOrLog(): Promise<Handler> {
  try {
    return await prepare();
  } catch (error) {
    const { logStartFailure } = await import('./runtime/log-start-failure.ts');
    await logStartFailure(error);
    throw error;
  }
}

// Loads and warms the model too: Lambda gives the init phase a whole processor whatever the memory, and a model that
// cannot be loaded is better told by a failed start than by every event.
async function prepare(): Promise<Handler> {
  if (process.env.BATCH_RESULTS) return (await import('./wire-batch.ts')).wireBatch(process.env);
  const { handler, warmUpHandler, collaborators, checkFetching } = wireService(process.env);
  await Promise.all([checkFetching(), collaborators.classifier()]);
  await warmUp(warmUpHandler);
  return handler;
}

import { serverSettings } from '../facts/server-settings.ts';
import { variableOf } from '../facts/setting.ts';
import { logStartFailure } from './runtime/log-start-failure.ts';
import { serve } from './serve.ts';
import type { Limits } from './settings/limits.ts';
import { type Environment, readSetting } from './settings/read-setting.ts';
import { readSettings, type ServiceSettings } from './settings/settings.ts';
import { countWorkers, type Machine, memoryShareInMegabytes, thisMachine } from './threads/count-workers.ts';
import { createPhotoThreads } from './threads/photo-threads.ts';
import { wireService } from './wire.ts';

/** Of the limits for one address, which one holds for all together. */
const totalOfShare = {
  maximumQueuedRequestsPerAddress: 'maximumQueuedRequests',
  maximumConnectionsPerAddress: 'maximumConnections',
  maximumUploadsPerAddressInBytes: 'maximumUploadsInBytes',
} as const satisfies Partial<Record<keyof Limits, keyof Limits>>;

/**
 * The life of the container's process where no Lambda runtime is around: HTTP on PORT of every interface until TERM or INT,
 * then the requests that are open. Limits, secret, CORS and fetching are Lambda's.
 * @returns the exit code: 0 after a signal, 1 when the service cannot start
 */
export async function serveAnywhere(environment: Environment): Promise<number> {
  // As process 1 of a container Node has no default action for these: without a listener they are ignored.
  const stopped = new Promise<void>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve());
  });
  try {
    const { settings, workers } = settingsFor(environment, thisMachine());
    const port = readSetting('port', serverSettings.port, environment);
    // Without HOST every interface, those of IPv6 too where there are some.
    const host = environment.HOST ? readSetting('host', serverSettings.host, environment) : undefined;
    const threads = workers === 1 ? undefined : createPhotoThreads(workers, settings);
    const service = wireService(environment, { startsCold: false, settings, threads });
    await service.checkFetching();
    const server = await serve(service, { port, host, takesRawEvents: false });
    try {
      const started = threads === undefined ? service.collaborators.classifier() : threads.start();
      await Promise.race([started, stopped]);
      service.log({ time: new Date().toISOString(), level: 'info', message: 'listening', port: server.port, workers });
      await stopped;
    } finally {
      // Every answer has come by then.
      await server.close(service.limits.answerTimeoutInMilliseconds);
      await threads?.close(0);
    }
    return 0;
  } catch (error) {
    await logStartFailure(error);
    return 1;
  }
}

/** What the environment says, within what the machine has. */
export function settingsFor(
  environment: Environment,
  machine: Machine,
): { readonly settings: ServiceSettings; readonly workers: number } {
  const { maximumDecodingMegabytes } = readSettings(environment).limits;
  const asked = readSetting('workers', serverSettings.workers, environment);
  const workers = asked ?? countWorkers(machine, maximumDecodingMegabytes);
  const share = String(memoryShareInMegabytes(machine, workers));
  // The limits of memory follow from what a worker has, as they do from a function's.
  const settings = readSettings({ AWS_LAMBDA_FUNCTION_MEMORY_SIZE: share, ...environment });
  return { settings: { ...settings, limits: withoutShares(settings.limits, environment) }, workers };
}

/** In front of a container there is a proxy, whose address all callers then have: each may have all, unless set otherwise. */
function withoutShares(limits: Limits, environment: Environment): Limits {
  const open = Object.entries(totalOfShare).filter(([share]) => !environment[variableOf(share)]);
  return { ...limits, ...Object.fromEntries(open.map(([share, total]) => [share, limits[total]])) };
}

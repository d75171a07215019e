import { flushCompileCache } from 'node:module';
import { resolve } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { serverSettings } from '../../facts/server-settings.ts';
import { isLoopbackHost } from '../../function/http/loopback.ts';
import type { PageName } from '../../function/page/page-name.ts';
import type { RunningServer } from '../../function/serve.ts';
import { readSetting } from '../../function/settings/read-setting.ts';
import { readSettings, type ServiceSettings } from '../../function/settings/settings.ts';
import { countWorkers, thisMachine } from '../../function/threads/count-workers.ts';
import type { StartedThreads } from '../../function/threads/photo-threads.ts';
import type { Service } from '../../function/wire.ts';
import { PoolError } from '../../model/pool/pool-error.ts';
import { CliError } from '../cli-error.ts';
import { openBrowser } from '../open-browser.ts';
import { print, printError } from '../terminal/print.ts';
import { showName } from '../terminal/show-controls.ts';
import { untilStopped } from '../until-stopped.ts';

interface ServeCommandOptions {
  readonly port?: number;
  readonly host?: string;
  readonly model?: string;
  readonly workers?: number;
  readonly open?: true;
}

const graceInMilliseconds = 5_000;

/** `lambda-lens serve`: the service on this machine, until a signal ends it. */
export function registerServe(program: Command): void {
  program
    .command('serve')
    .description('run the service on this machine')
    .option(
      '--port <number>',
      `port to listen on, 0 for a free one (default: PORT, or ${serverSettings.port.default})`,
      parsePort,
    )
    .option(
      '--host <address>',
      `address to listen on (default: HOST, or ${serverSettings.host.default}: this machine alone)`,
    )
    .option('--model <directory>', 'model directory (default: MODEL_DIRECTORY, or the shipped model)')
    .option(
      '--workers <number>',
      `threads that decode and classify, each with a model of its own (default: WORKERS, or ${serverSettings.workers.defaultInWords})`,
      parseWorkers,
    )
    .option('--open', 'open the page in the browser')
    .addHelpText(
      'after',
      `
Examples:
  lambda-lens serve --open
  lambda-lens serve --port 9000
  lambda-lens serve --model model/mine --workers 1
  curl --data-binary @photo.jpg -H 'content-type: image/jpeg' localhost:8080/predict`,
    )
    .action(runServe);
}

async function runServe(options: ServeCommandOptions): Promise<void> {
  const port = options.port ?? readSetting('port', serverSettings.port, process.env);
  const host = options.host ?? readSetting('host', serverSettings.host, process.env);
  const given = options.model === undefined ? {} : { modelDirectory: resolve(options.model) };
  const { wireService } = await import('../../function/wire.ts');
  const settings = { ...readSettings(process.env), ...given };
  const threads = await createThreads(options, settings);
  const isForThisMachine = isLoopbackHost(host);
  const origins = isForThisMachine ? ({ defaultCorsOrigins: 'loopback' } as const) : {};
  const service = wireService(process.env, { startsCold: false, readPage, settings, threads, ...origins });
  await service.checkFetching();
  const server = await listen(service, port, host);
  const stopped = untilStopped();
  try {
    const { card } = await service.collaborators.classifier();
    const address = `http://${describeHost(host)}:${server.port}`;
    print(`lambda-lens is ready on ${address} with the model "${showName(card.name)}" (${card.labels.length} labels).`);
    print(describeCallers(isForThisMachine, service));
    if (options.open) {
      openBrowser(address, () => printError(`No browser could be opened here: open ${address} yourself.`));
    }
    // Now, since a service that is killed never comes to its end, when Node.js would write it.
    flushCompileCache();
    void startThreads(threads);
    await stopped;
    print('lambda-lens is shutting down.');
  } finally {
    await server.close(graceInMilliseconds);
    // Nobody waits for an answer any more.
    await threads?.close(0);
  }
}

/** Undefined where one thread does it all. */
async function createThreads({ workers: given }: ServeCommandOptions, settings: ServiceSettings) {
  const asked = given ?? readSetting('workers', serverSettings.workers, process.env);
  const workers = asked ?? countWorkers(thisMachine(), settings.limits.maximumDecodingMegabytes);
  if (workers === 1) return undefined;
  const { createPhotoThreads } = await import('../../function/threads/photo-threads.ts');
  return createPhotoThreads(workers, settings);
}

/** Behind the first answers, which need not wait for them. */
async function startThreads(threads: StartedThreads | undefined): Promise<void> {
  try {
    await threads?.start();
  } catch (error) {
    // Ended before they had started.
    if (error instanceof PoolError && error.reason === 'closed') return;
    printError(
      `The workers cannot start, so one thread does it all: ${error instanceof Error ? error.message : error}`,
    );
  }
}

/** Who may ask, and whose pages may read the answers. */
function describeCallers(isForThisMachine: boolean, { corsOrigins, secret }: Service): string {
  if (corsOrigins === 'loopback') return 'It answers programs and pages of this machine alone.';
  const callers = isForThisMachine
    ? 'It answers programs of this machine'
    : 'It answers whoever can reach that address';
  const pages = corsOrigins.includes('*') ? 'every website' : corsOrigins.join(', ');
  return `${callers}${secret === undefined ? '' : ' and knows the secret'}, and pages of ${pages} (CORS_ORIGINS).`;
}

/** Built from its sources, which is what the bundle does beforehand. */
async function readPage(name: PageName): Promise<string> {
  const { buildPage } = await import('../../function/page/build-page.ts');
  return buildPage(name);
}

async function listen(service: Service, port: number, host: string): Promise<RunningServer> {
  const { serve } = await import('../../function/serve.ts');
  try {
    return await serve(service, { port, host, takesRawEvents: true });
  } catch (cause) {
    throw explainListening(cause, port, host);
  }
}

function explainListening(cause: unknown, port: number, host: string): unknown {
  switch (cause instanceof Error && 'code' in cause && cause.code) {
    case 'EADDRINUSE':
      return new CliError(
        `Port ${port} of ${host} is taken by another program.`,
        `Stop that program, or choose another port: --port ${port === 65_535 ? 0 : port + 1}.`,
        { cause },
      );
    case 'EACCES':
      return new CliError(`Port ${port} may not be used without more rights.`, 'Choose one above 1023: --port 8080.', {
        cause,
      });
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new CliError(`${host} is not an address of this machine.`, 'Use 127.0.0.1, or 0.0.0.0 for all of them.', {
        cause,
      });
    default:
      return cause;
  }
}

function parseWorkers(text: string): number {
  const workers = serverSettings.workers.parse(text);
  if (workers === undefined) throw new InvalidArgumentError(`It takes ${serverSettings.workers.allowed}.`);
  return workers;
}

function parsePort(text: string): number {
  const port = serverSettings.port.parse(text);
  if (port === undefined) throw new InvalidArgumentError(`It takes ${serverSettings.port.allowed}.`);
  return port;
}

/** What to type into a browser on this machine. */
function describeHost(host: string): string {
  if (['127.0.0.1', '0.0.0.0', '::', '::1'].includes(host)) return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}

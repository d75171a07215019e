import { flushCompileCache } from 'node:module';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { RunningServer } from '../../function/serve.ts';
import { SettingError } from '../../function/settings/setting-error.ts';
import type { Service } from '../../function/wire.ts';
import { CliError } from '../cli-error.ts';
import { print } from '../terminal/print.ts';
import { showName } from '../terminal/show-controls.ts';
import { untilStopped } from '../until-stopped.ts';

interface ServeCommandOptions {
  readonly port?: string;
  readonly host?: string;
  readonly model?: string;
}

const graceInMilliseconds = 5_000;

/** `lambda-lens serve`: the service on this machine, until a signal ends it. */
export function registerServe(program: Command): void {
  program
    .command('serve')
    .description('run the service on this machine')
    .option('--port <number>', 'port to listen on, 0 for a free one (default: PORT, or 8080)')
    .option('--host <address>', 'address to listen on (default: HOST, or 127.0.0.1: this machine alone)')
    .option('--model <directory>', 'model directory (default: MODEL_DIRECTORY, or the shipped model)')
    .addHelpText(
      'after',
      `
Examples:
  lambda-lens serve --port 9000
  lambda-lens serve --model model/mine
  curl --data-binary @photo.jpg -H 'content-type: image/jpeg' localhost:8080/predict`,
    )
    .action(runServe);
}

async function runServe(options: ServeCommandOptions): Promise<void> {
  const port = readPort(options.port ?? (process.env.PORT || '8080'));
  const host = options.host ?? (process.env.HOST || '127.0.0.1');
  const model = options.model === undefined ? {} : { MODEL_DIRECTORY: resolve(options.model) };
  const { wireService } = await import('../../function/wire.ts');
  const service = wireService({ ...process.env, ...model }, { startsCold: false, readPage });
  const server = await listen(service, port, host);
  const stopped = untilStopped();
  try {
    const { card } = await service.collaborators.classifier();
    const address = `http://${describeHost(host)}:${server.port}`;
    print(`lambda-lens is ready on ${address} with the model "${showName(card.name)}" (${card.labels.length} labels).`);
    // Now, since a service that is killed never comes to its end, when Node.js would write it.
    flushCompileCache();
    await stopped;
    print('lambda-lens is shutting down.');
  } finally {
    await server.close(graceInMilliseconds);
  }
}

/** Built from its sources, which is what the bundle does beforehand. */
async function readPage(): Promise<string> {
  const { buildPage } = await import('../../function/page/build-page.ts');
  return buildPage();
}

async function listen(service: Service, port: number, host: string): Promise<RunningServer> {
  const { serve } = await import('../../function/serve.ts');
  try {
    return await serve(service, { port, host });
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

function readPort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(port <= 65_535)) throw new SettingError('The port', text, 'a whole number from 0 to 65535');
  return port;
}

/** What to type into a browser on this machine. */
function describeHost(host: string): string {
  if (['127.0.0.1', '0.0.0.0', '::', '::1'].includes(host)) return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}

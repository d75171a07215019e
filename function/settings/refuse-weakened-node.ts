import type { Environment } from './read-setting.ts';
import { SettingError } from './setting-error.ts';

/** Options of Node.js that weaken how it parses HTTP or speaks TLS, in every request of the process. */
const weakeningFlags: ReadonlySet<string> = new Set([
  '--insecure-http-parser',
  '--security-revert',
  '--tls-min-v1.0',
  '--tls-min-v1.1',
  '--tls-cipher-list',
  '--tls-keylog',
  '--openssl-legacy-provider',
]);

/**
 * Refuses to start where the process was told to be careless. Adding authorities (NODE_EXTRA_CA_CERTS, --use-system-ca) is
 * not that: it is how an operator behind a proxy of their own says whom they trust.
 *
 * @param flags those of the command line
 * @throws SettingError naming the flag or the variable
 */
export function refuseWeakenedNode(environment: Environment, flags: readonly string[] = process.execArgv): void {
  const { NODE_OPTIONS: options = '', NODE_TLS_REJECT_UNAUTHORIZED: verification } = environment;
  refuseFlag('NODE_OPTIONS', options.split(/[\s"]+/));
  refuseFlag('The command line of Node.js', flags);
  if (verification === '0') {
    throw new SettingError('NODE_TLS_REJECT_UNAUTHORIZED', verification, 'unset, so that certificates are verified');
  }
}

function refuseFlag(where: string, flags: readonly string[]): void {
  // Node takes underscores for hyphens.
  const weakening = flags.find((flag) => weakeningFlags.has((flag.split('=')[0] ?? '').replaceAll('_', '-')));
  if (weakening === undefined) return;
  throw new SettingError(where, weakening, 'without that flag, which weakens how Node.js parses HTTP or speaks TLS');
}

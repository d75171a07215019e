import { Resolver } from 'node:dns/promises';
import { ServiceError } from '../invocation/service-error.ts';
import type { Resolve } from './resolve-host.ts';

export interface DnsSettings {
  /** Address and port of each server to ask; without them those of the machine. */
  readonly servers?: readonly string[];
  /** Look-ups at the same time; each holds two sockets. */
  readonly maximumLookups?: number;
}

/** As many as the local server's queue can ask for: 64 requests with four photos on their way each. */
const defaultMaximumLookups = 256;

/** A try is asked for again, and the whole fetch has a limit of its own. */
const options = { timeout: 2_000, tries: 3 };

/** How long one family's answer waits for the other's: many servers answer for A and never for AAAA (RFC 8305 §3). */
const patienceInMilliseconds = 300;

const retryAfterInSeconds = 1;

/**
 * Asks DNS for the IPv4 and IPv6 addresses of a name, in that order. Each look-up has sockets of its own, which are closed
 * when its signal fires: unlike the system's getaddrinfo, which holds one of four threads until its servers have
 * answered, a name whose server never does keeps nobody waiting, and nothing of it is left for a later event.
 *
 * The machine's hosts file is not read, as what it names is the machine's own business and not a stranger's;
 * `localhost`, which an operator may allow, means this machine by definition (RFC 6761 §6.3) and is not asked for.
 *
 * The function rejects with `busy` where too many look-ups are in flight, else with an error whose code is ENOTFOUND or
 * EAI_AGAIN; when its signal fires, with that signal's reason.
 */
export function createResolveByDns({ servers, maximumLookups = defaultMaximumLookups }: DnsSettings = {}): Resolve {
  let lookups = 0;

  return async (hostname, signal) => {
    if (hostname === 'localhost') return ['127.0.0.1', '::1'];
    if (lookups >= maximumLookups) throw tooManyLookups(maximumLookups);
    const resolver = new Resolver(options);
    if (servers !== undefined) resolver.setServers(servers);
    const cancel = () => resolver.cancel();
    signal.addEventListener('abort', cancel);
    let patience: NodeJS.Timeout | undefined;
    const losePatience = () => {
      patience ??= setTimeout(cancel, patienceInMilliseconds);
    };
    lookups += 1;
    try {
      const families = [resolver.resolve4(hostname), resolver.resolve6(hostname)];
      for (const family of families) family.then(losePatience, () => undefined);
      const answers = await Promise.allSettled(families);
      signal.throwIfAborted();
      const addresses = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
      if (addresses.length > 0) return addresses;
      throw lookupError(answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason] : [])));
    } finally {
      lookups -= 1;
      clearTimeout(patience);
      signal.removeEventListener('abort', cancel);
      cancel();
    }
  };
}

/** That there is no such name, if both families' servers say so; else that nobody could say. */
function lookupError(reasons: readonly unknown[]): Error {
  const isMissing = reasons.every((reason) => ['ENOTFOUND', 'ENODATA', 'EBADNAME'].includes(codeOf(reason)));
  const code = isMissing ? 'ENOTFOUND' : 'EAI_AGAIN';
  return Object.assign(new Error(`DNS: ${reasons.map(codeOf).join(', ')}`), { code });
}

function codeOf(reason: unknown): string {
  return reason instanceof Error && 'code' in reason ? String(reason.code) : String(reason);
}

function tooManyLookups(maximum: number): ServiceError {
  return new ServiceError(
    'busy',
    `The service looks up its ${maximum} hosts already.`,
    `Try again in ${retryAfterInSeconds} second, or send the photo itself.`,
    { headers: { 'retry-after': String(retryAfterInSeconds) } },
  );
}

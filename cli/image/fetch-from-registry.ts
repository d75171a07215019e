import { describeNetworkError } from '../../function/fetch/describe-network-error.ts';
import { CliError } from '../cli-error.ts';

/** `fetch`, which rejects with a CliError where there is no answer. */
export async function fetchFromRegistry(url: URL, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (cause) {
    throw new CliError(`${url.host} ${describe(cause)}.`, 'Check the address and the network.', { cause });
  }
}

/** What `fetch` says by codes of its own. */
const clauseByCode: ReadonlyMap<unknown, string> = new Map([
  ['UND_ERR_SOCKET', 'broke off before the answer was complete'],
  ['UND_ERR_CONNECT_TIMEOUT', 'did not take the connection in time'],
  ['UND_ERR_HEADERS_TIMEOUT', 'did not answer in time'],
]);

/** `fetch` wraps what the network said. */
function describe(thrown: unknown): string {
  if (!(thrown instanceof Error)) return 'could not be asked';
  if (thrown.name === 'TimeoutError') return 'did not answer in time';
  const cause = thrown.cause instanceof Error ? thrown.cause : thrown;
  const clause = 'code' in cause ? clauseByCode.get(cause.code) : undefined;
  return clause ?? describeNetworkError(cause) ?? `could not be asked: ${cause.message}`;
}

import { describeCause } from '../files/system-reason.ts';
import { describeNetworkError } from '../function/fetch/describe-network-error.ts';

/** What `fetch` says by codes of its own. */
const clauseByCode: ReadonlyMap<unknown, string> = new Map([
  ['UND_ERR_SOCKET', 'broke off before the answer was complete'],
  ['UND_ERR_CONNECT_TIMEOUT', 'did not take the connection in time'],
  ['UND_ERR_HEADERS_TIMEOUT', 'did not answer in time'],
]);

/** Why `fetch` came to nothing, as a clause whose subject is the server. */
export function describeFetchError(thrown: unknown): string {
  if (thrown instanceof Error && thrown.name === 'TimeoutError') return 'did not answer in time';
  // It wraps what the network said.
  const cause = thrown instanceof Error && thrown.cause instanceof Error ? thrown.cause : thrown;
  const clause = cause instanceof Error && 'code' in cause ? clauseByCode.get(cause.code) : undefined;
  return clause ?? describeNetworkError(cause) ?? `gives no answer: ${describeCause(cause)}`;
}

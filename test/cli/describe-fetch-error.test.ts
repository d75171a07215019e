import { expect, it } from 'vitest';
import { describeFetchError } from '../../cli/describe-fetch-error.ts';

const wrapped = (cause: unknown) => new TypeError('fetch failed', { cause });
const withCode = (code: string) => Object.assign(new Error('raw words'), { code });

it.each([
  [wrapped(withCode('ECONNREFUSED')), 'refused the connection'],
  [withCode('ECONNREFUSED'), 'refused the connection'],
  [wrapped(withCode('UND_ERR_CONNECT_TIMEOUT')), 'did not take the connection in time'],
  [new DOMException('The operation was aborted due to timeout', 'TimeoutError'), 'did not answer in time'],
  [wrapped(new Error('unexpected redirect.')), 'gives no answer: unexpected redirect'],
  ['odd', 'gives no answer: odd'],
])('says why a server was asked in vain: %s', (thrown, clause) => {
  expect(describeFetchError(thrown)).toBe(clause);
});

import { CliError } from '../cli-error.ts';
import { describeFetchError } from '../describe-fetch-error.ts';

/** `fetch`, which rejects with a CliError where there is no answer. */
export async function fetchFromRegistry(url: URL, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (cause) {
    throw new CliError(`${url.host} ${describeFetchError(cause)}.`, 'Check the address and the network.', { cause });
  }
}

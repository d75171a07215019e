import { parseJson } from '../../files/parse-json.ts';
import { CliError } from '../cli-error.ts';
import { readAtMost } from '../read-at-most.ts';

/** As large as a manifest may be (https://github.com/opencontainers/distribution-spec, Pushing Manifests). */
export const maximumManifestSizeInBytes = 4 * 1024 * 1024;

export type JsonObject = Readonly<Record<string, unknown>>;

/** @throws CliError where the answer is no JSON object */
export async function readJson(response: Response, whose: string): Promise<JsonObject> {
  return toJsonObject(await readAtMost(response, maximumManifestSizeInBytes, whose), whose);
}

/** @throws CliError where the bytes are no JSON object */
export function toJsonObject(bytes: Uint8Array, whose: string): JsonObject {
  try {
    const value = parseJson(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as JsonObject;
  } catch (cause) {
    throw notJson(whose, cause);
  }
  throw notJson(whose);
}

function notJson(whose: string, cause?: unknown): CliError {
  const hint = 'Check the address: something else than a registry may listen there.';
  return new CliError(`The answer of ${whose} is no JSON object.`, hint, { cause });
}

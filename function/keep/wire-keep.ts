import type { Log } from '../invocation/request-log.ts';
import { createS3Client } from '../s3/s3-client.ts';
import type { Limits } from '../settings/limits.ts';
import type { Environment } from '../settings/read-setting.ts';
import type { AnsweredPhoto } from './answered-photos.ts';
import { createKeepAnswered } from './keep-answered.ts';
import { readKeepSettings } from './keep-photo.ts';

const connections = 2;

/**
 * What keeps some of the photos that callers have sent, as the environment says.
 * @throws SettingError naming the variable that can't be used
 */
export function wireKeep(
  environment: Environment,
  { fetchTimeoutInMilliseconds: timeoutInMilliseconds }: Limits,
  log: Log,
): (photos: readonly AnsweredPhoto[], signal: AbortSignal) => Promise<void> {
  const settings = readKeepSettings(environment);
  if (settings === undefined) throw new TypeError('KEEP_BUCKET is not set.');
  return createKeepAnswered(createS3Client({ environment, timeoutInMilliseconds, connections }), settings, log);
}

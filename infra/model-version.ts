import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The version that the service gives its model: the first 12 hexadecimal digits of the SHA-256 of its weights. */
export function modelVersion(modelDirectory: string): string {
  const weights = readFileSync(join(modelDirectory, 'weights.bin'));
  return createHash('sha256').update(weights).digest('hex').slice(0, 12);
}

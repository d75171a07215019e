import type { HealthBody } from '../../../facts/answers.ts';

/** As browsers name the formats. */
export const decodedByTheService: ReadonlySet<string> = new Set(['image/jpeg', 'image/png', 'image/webp']);

/** Whether a photo is too large for a request, and the service takes it as it is by another way. */
export function isForUpload({ size, type }: Pick<Blob, 'size' | 'type'>, health: HealthBody | undefined): boolean {
  if (health?.uploads !== true || !decodedByTheService.has(type)) return false;
  const { bodySizeInBytes, photoSizeInBytes } = health.limits;
  return size > bodySizeInBytes && size <= photoSizeInBytes;
}

import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const blockSizeInBytes = 512;

/**
 * What a directory takes on the disk, in bytes: whole blocks, as `du` counts them, and a file with several names once. Links
 * are not followed.
 */
export function weighDirectory(directory: string): number {
  const seen = new Set<number>();
  const weigh = (path: string): number => {
    const { ino, nlink, blocks } = lstatSync(path);
    if (nlink > 1 && seen.has(ino)) return 0;
    seen.add(ino);
    return blocks * blockSizeInBytes;
  };
  const entries = readdirSync(directory, { recursive: true, withFileTypes: true });
  return entries.reduce((sum, { parentPath, name }) => sum + weigh(join(parentPath, name)), weigh(directory));
}

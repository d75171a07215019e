import { parseImageUri } from './image-shelf.ts';
import type { Candidate } from './roll-back.ts';

/** The versions as a table for a terminal. */
export function describeCandidates(candidates: readonly Candidate[]): string {
  if (candidates.length === 0) return 'No version is published yet.';
  const rows = candidates.map(({ version, modified, description, imageUri, isLive, hasImage }) => [
    isLive ? `${version} (live)` : version,
    modified?.toISOString().slice(0, 16).replace('T', ' ') ?? '',
    description || 'not told',
    `${parseImageUri(imageUri)?.digest.slice(7, 19) ?? imageUri ?? ''}${hasImage === false ? ', gone' : ''}`,
  ]);
  const table = [['version', 'published (UTC)', 'model', 'image'], ...rows];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  return table
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

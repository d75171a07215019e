import type { Counts } from '../../facts/batch-records.ts';
import type { PhotoOutcome } from './classify-photos.ts';

export const noCounts: Counts = {
  photos: 0,
  answered: 0,
  failed: 0,
  skipped: 0,
  verdicts: {},
  codes: {},
  sizeInBytes: 0,
  durationMs: 0,
};

/** What became of photos that are done; those that are not are counted when they are. */
export function countOutcomes(
  outcomes: Iterable<PhotoOutcome>,
  { skipped, durationMs }: Pick<Counts, 'skipped' | 'durationMs'>,
): Counts {
  const verdicts: Record<string, number> = {};
  const codes: Record<string, number> = {};
  let answered = 0;
  let failed = 0;
  let sizeInBytes = 0;
  for (const outcome of outcomes) {
    if (outcome.kind === 'not-done') continue;
    const { record } = outcome;
    if ('error' in record) {
      failed++;
      codes[record.error.code] = (codes[record.error.code] ?? 0) + 1;
    } else {
      answered++;
      sizeInBytes += record.sizeInBytes;
      verdicts[record.verdict] = (verdicts[record.verdict] ?? 0) + 1;
    }
  }
  return { photos: answered + failed, answered, failed, skipped, verdicts, codes, sizeInBytes, durationMs };
}

export function addCounts(one: Counts, other: Counts): Counts {
  return {
    photos: one.photos + other.photos,
    answered: one.answered + other.answered,
    failed: one.failed + other.failed,
    skipped: one.skipped + other.skipped,
    verdicts: addEach(one.verdicts, other.verdicts),
    codes: addEach(one.codes, other.codes),
    sizeInBytes: one.sizeInBytes + other.sizeInBytes,
    durationMs: one.durationMs + other.durationMs,
  };
}

function addEach<Numbers extends Readonly<Record<string, number>>>(one: Numbers, other: Numbers): Numbers {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return Object.fromEntries([...names].map((name) => [name, (one[name] ?? 0) + (other[name] ?? 0)])) as Numbers;
}

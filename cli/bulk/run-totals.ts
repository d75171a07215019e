import type { Counts, ResultRecord } from '../../facts/batch-records.ts';

/** What the records of a run come to; a record that was delivered twice is counted once. */
export interface RunTotals {
  readonly photos: number;
  readonly answered: number;
  readonly failed: number;
  readonly twice: number;
  readonly labels: Readonly<Record<string, number>>;
  readonly verdicts: Counts['verdicts'];
  readonly codes: Counts['codes'];
  readonly sizeInBytes: number;
}

/** 96 of the 256 bits of an id: enough to tell photos apart, and a third of the memory. */
const keptCharacters = 24;

/** Counts records one by one, and says of each whether it is the first of its id. */
export class RunCounter {
  readonly #seen = new Set<string>();
  readonly #labels = new Map<string, number>();
  readonly #verdicts = new Map<string, number>();
  readonly #codes = new Map<string, number>();
  #twice = 0;
  #failed = 0;
  #sizeInBytes = 0;

  add(record: ResultRecord): boolean {
    const id = Buffer.from(record.id.slice(0, keptCharacters), 'hex').toString('latin1');
    if (this.#seen.has(id)) {
      this.#twice++;
      return false;
    }
    this.#seen.add(id);
    if ('error' in record) {
      this.#failed++;
      count(this.#codes, record.error.code);
    } else {
      this.#sizeInBytes += record.sizeInBytes;
      count(this.#labels, record.label);
      count(this.#verdicts, record.verdict);
    }
    return true;
  }

  get totals(): RunTotals {
    const photos = this.#seen.size;
    const byCount = (counts: ReadonlyMap<string, number>) =>
      Object.fromEntries([...counts].sort(([, one], [, other]) => other - one));
    return {
      photos,
      answered: photos - this.#failed,
      failed: this.#failed,
      twice: this.#twice,
      labels: byCount(this.#labels),
      verdicts: byCount(this.#verdicts),
      codes: byCount(this.#codes),
      sizeInBytes: this.#sizeInBytes,
    };
  }
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

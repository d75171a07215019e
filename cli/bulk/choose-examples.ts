import type { AnswerRecord, ErrorRecord, ResultRecord } from '../../facts/batch-records.ts';

const examplesOfLabel = 6;
const mostUnsure = 24;
const mostErrors = 12;
/** Beyond, a page would show nothing but labels. */
const mostLabels = 100;

/** Chooses, as records go by, what a page shows of them: some of each label at random, the least sure, some that failed. */
export class ExampleChooser {
  readonly #byLabel = new Map<string, { seen: number; readonly chosen: AnswerRecord[] }>();
  readonly #unsure: AnswerRecord[] = [];
  readonly #failed: ErrorRecord[] = [];
  readonly #random: () => number;

  constructor(random: () => number = Math.random) {
    this.#random = random;
  }

  add(record: ResultRecord): void {
    if ('error' in record) {
      if (this.#failed.length < mostErrors) this.#failed.push(record);
      return;
    }
    this.#addExample(record);
    const last = this.#unsure.at(-1);
    if (this.#unsure.length === mostUnsure && last !== undefined && last.probability <= record.probability) return;
    const at = this.#unsure.findLastIndex(({ probability }) => probability <= record.probability) + 1;
    this.#unsure.splice(at, 0, record);
    this.#unsure.length = Math.min(this.#unsure.length, mostUnsure);
  }

  #addExample(record: AnswerRecord): void {
    const known = this.#byLabel.get(record.label) ?? { seen: 0, chosen: [] };
    if (!this.#byLabel.has(record.label)) {
      if (this.#byLabel.size === mostLabels) return;
      this.#byLabel.set(record.label, known);
    }
    known.seen++;
    if (known.chosen.length < examplesOfLabel) known.chosen.push(record);
    else {
      const at = Math.floor(this.#random() * known.seen);
      if (at < examplesOfLabel) known.chosen[at] = record;
    }
  }

  /** In the order in which a page shows them, the labels by name. */
  get sections(): readonly { readonly title: string; readonly records: readonly ResultRecord[] }[] {
    const labels = [...this.#byLabel].sort(([one], [other]) => one.localeCompare(other));
    return [
      ...labels.map(([label, { seen, chosen }]) => ({ title: `${label}: ${seen}`, records: chosen })),
      { title: 'Least sure of', records: this.#unsure },
      { title: 'Failed', records: this.#failed },
    ].filter(({ records }) => records.length > 0);
  }
}

import type { AnswerRecord, ErrorRecord, ResultRecord } from '../../facts/batch-records.ts';

const examplesOfLabel = 6;
const mostUnsure = 24;
const mostErrors = 12;
const mostUnfamiliar = 12;
/** Beyond, a page would show nothing but labels. */
const mostLabels = 100;

interface Group {
  /** What `chosen` is chosen from. */
  seen: number;
  /** With those that are shown elsewhere. */
  all: number;
  readonly chosen: AnswerRecord[];
}

/**
 * Chooses, as records go by, what a page shows of them: some of each label and of the unfamiliar at random, the least sure, some that
 * failed.
 */
export class ExampleChooser {
  readonly #byLabel = new Map<string, Group>();
  readonly #unfamiliar: Group = { seen: 0, all: 0, chosen: [] };
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
    const group = this.#groupOf(record.label);
    if (group !== undefined) group.all++;
    if (record.verdict === 'unfamiliar') {
      this.#unfamiliar.seen++;
      this.#keep(this.#unfamiliar, record, mostUnfamiliar);
      return;
    }
    if (group !== undefined) {
      group.seen++;
      this.#keep(group, record, examplesOfLabel);
    }
    const last = this.#unsure.at(-1);
    if (this.#unsure.length === mostUnsure && last !== undefined && last.probability <= record.probability) return;
    const at = this.#unsure.findLastIndex(({ probability }) => probability <= record.probability) + 1;
    this.#unsure.splice(at, 0, record);
    this.#unsure.length = Math.min(this.#unsure.length, mostUnsure);
  }

  /** Undefined for labels beyond the most. */
  #groupOf(label: string): Group | undefined {
    const known = this.#byLabel.get(label);
    if (known !== undefined || this.#byLabel.size === mostLabels) return known;
    const made: Group = { seen: 0, all: 0, chosen: [] };
    this.#byLabel.set(label, made);
    return made;
  }

  /** Each record of a group is as likely to stay as the others. */
  #keep({ seen, chosen }: Group, record: AnswerRecord, most: number): void {
    if (chosen.length < most) chosen.push(record);
    else {
      const at = Math.floor(this.#random() * seen);
      if (at < most) chosen[at] = record;
    }
  }

  /** In the order in which a page shows them, the labels by name. */
  get sections(): readonly { readonly title: string; readonly records: readonly ResultRecord[] }[] {
    const labels = [...this.#byLabel].sort(([one], [other]) => one.localeCompare(other));
    return [
      ...labels.map(([label, { all, chosen }]) => ({ title: `${label}: ${all}`, records: chosen })),
      { title: 'Least sure of', records: this.#unsure },
      { title: `Unfamiliar: ${this.#unfamiliar.seen}`, records: this.#unfamiliar.chosen },
      { title: 'Failed', records: this.#failed },
    ].filter(({ records }) => records.length > 0);
  }
}

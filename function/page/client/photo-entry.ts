import type { Answer } from '../../../facts/answers.ts';
import type { Entry, Problem } from './entry.ts';
import type { Asking } from './service.ts';

export interface AskedPhoto {
  readonly name: string;
  /** What can be shown of it; undefined for a photo that only the service has seen. */
  readonly preview: Blob | undefined;
  /** Asks the service; again, to explain or after a failure. */
  readonly ask: (asking: Asking) => Promise<Answer>;
}

/** One photo with where it is on its way. */
export class PhotoEntry implements Entry {
  readonly name: string;
  readonly preview: Blob | undefined;
  readonly ask: AskedPhoto['ask'];
  answer: Answer | undefined = undefined;
  problem: Problem | undefined = undefined;
  /** What is going on, while there is neither an answer nor a problem. */
  state = 'waiting';
  /** What share of it is on its way to the service. */
  uploaded = 0;
  roundTripMs = 0;
  readonly #abort = new AbortController();
  #address: string | undefined;

  constructor({ name, preview, ask }: AskedPhoto) {
    this.name = name;
    this.preview = preview;
    this.ask = ask;
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** Where the browser has its picture. */
  get address(): string | undefined {
    if (this.preview !== undefined) this.#address ??= URL.createObjectURL(this.preview);
    return this.#address;
  }

  begin(state: string): void {
    this.problem = undefined;
    this.answer = undefined;
    this.uploaded = 0;
    this.state = state;
  }

  /** Ends what is on its way, and gives the picture's memory back. */
  release(): void {
    this.#abort.abort();
    if (this.#address !== undefined) URL.revokeObjectURL(this.#address);
  }
}

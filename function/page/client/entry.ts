import type { Answer } from '../../../facts/answers.ts';

/** What went wrong, in words for a person. */
export interface Problem {
  readonly message: string;
  readonly hint: string;
}

/** One photo of the page, from waiting to its answer; in the order in which it came. */
export interface Entry {
  readonly name: string;
  readonly answer?: Answer | undefined;
  readonly problem?: Problem | undefined;
}

export type Order = 'dropped' | 'least' | 'most';

/** Which entries are shown, and in which order. */
export interface Choice {
  readonly order: Order;
  /** A verdict, `failed`, or `all`. */
  readonly verdict: string;
  /** A label, or the empty string for all. */
  readonly label: string;
}

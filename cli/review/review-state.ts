import type { Answer } from '../../facts/answers.ts';

// What the page is told and what it says, so that both sides have the same types.

export interface ReviewLabel {
  readonly name: string;
  /** How many photos of it lie in the training folder. */
  readonly photos: number;
}

export interface ShownPhoto {
  readonly id: number;
  /** As the results have it, safe to show. */
  readonly name: string;
  readonly verdict: Answer['verdict'];
  /** The most probable first, one at least. */
  readonly predictions: readonly { readonly label: string; readonly probability: number }[];
  /** In pixels, of the photo itself. */
  readonly width: number;
  readonly height: number;
}

export interface ReviewState {
  /** The file of the results. */
  readonly results: string;
  /** The folder that photos are copied into, and the one for photos of none of the labels. */
  readonly into: string;
  readonly others: string;
  /** In the order of their keys. */
  readonly labels: readonly ReviewLabel[];
  /** Undefined once all were looked at. */
  readonly photo?: ShownPhoto;
  /** Ids of photos that probably come next. */
  readonly next: readonly number[];
  readonly counts: ReviewCounts;
  /** Of the photos that can't be shown, the first ones. */
  readonly leftOut: readonly { readonly name: string; readonly sentence: string }[];
  readonly canUndo: boolean;
}

export interface ReviewCounts {
  /** Photos that can be looked at, as far as is known by now. */
  readonly all: number;
  readonly labelled: number;
  readonly none: number;
  readonly skipped: number;
  /** Left out: not found, no longer the same, not to be read or decoded. */
  readonly leftOut: number;
  /** Left out: photos that the training folder holds already. */
  readonly known: number;
}

/** What a person says of the photo with that id: exactly one of the last three. */
export interface SaidOfPhoto {
  readonly id: number;
  readonly label?: string;
  readonly none?: true;
  readonly skip?: true;
}

/** The answer to what a person said or asked. */
export interface ReviewAnswer {
  readonly state: ReviewState;
  /** What was done, in a sentence. */
  readonly done: string;
}

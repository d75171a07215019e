import type { ErrorCode } from '../../facts/error-codes.ts';
import type { ClassifiedPhoto, ModelFacts } from '../prediction/classify-photo.ts';
import type { PhotoSettings } from '../wire-photos.ts';

/** What a thread that classifies photos is started with. */
export type ThreadSettings = PhotoSettings;

/** What such a thread says of itself when its model is loaded. */
export type ThreadFacts = ModelFacts;

export interface PhotoJob {
  readonly bytes: Uint8Array;
  readonly explain: boolean;
  /** When nobody waits for it any more, in milliseconds since the epoch. */
  readonly endsAt: number;
}

/** An error loses its own properties on the way between threads. */
export interface RefusedPhoto {
  readonly code: ErrorCode;
  readonly message: string;
  readonly hint: string;
}

export type PhotoOutcome =
  | { readonly kind: 'classified'; readonly classified: ClassifiedPhoto }
  | { readonly kind: 'refused'; readonly refused: RefusedPhoto };

import type { Bill } from '../cli/cost/bill.ts';
import type { Summary } from './summarise.ts';

export type ByContender<Value> = Readonly<Record<string, Value>>;

/** What one run of the benchmark found; times are in milliseconds, sizes in bytes, memory in megabytes. */
export interface Results {
  readonly date: string;
  readonly machine: {
    readonly processor: string;
    readonly architecture: string;
    readonly pinnedTo: string;
    /** Processes that wanted a processor, on average of the minute before and the minute at the end. */
    readonly loadAverage: readonly [before: number, after: number];
  };
  readonly rounds: number;
  readonly contenders: readonly { readonly name: string; readonly note: string }[];
  /** By photo: one photo posted to the warm service, the contenders in turn; without those that refuse a photo of that size. */
  readonly warm: Readonly<Record<string, ByContender<Summary>>>;
  /** From the start of the process to its first answer. */
  readonly cold: ByContender<Summary>;
  /** The bundle behind a Runtime API, from the start of the process to its readiness; then its first and later events. */
  readonly bundle: { readonly ready: Summary; readonly first: Summary; readonly later: Summary };
  /** The model alone, all on the shipped model at 224 pixels. */
  readonly forward: ByContender<Summary>;
  readonly memory: ByContender<{ readonly residentMb: number; readonly peakMb: number }>;
  /** Other ways to serve the shipped model, in turn with this service once more. */
  readonly others?: Pick<Results, 'contenders' | 'warm' | 'memory'>;
  /** What each adds to the base image of its language, packed as layers are: code, packages and model. */
  readonly addedBytes: ByContender<number>;
  /** A million photos of 0.2 megapixels in a month, by architecture's name and contender. */
  readonly bills: Readonly<Record<string, ByContender<Bill>>>;
}

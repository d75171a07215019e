import type { Answer } from '../../facts/answers.ts';
import type { ResultRecord } from '../../facts/batch-records.ts';
import type { FileProblem } from '../describe-file-error.ts';

/** What one file came to. */
export type FileResult =
  | {
      readonly file: string;
      /** By which the photo is known wherever it lies later: hexadecimal SHA-256 and size of its bytes. */
      readonly content: { readonly sha256: string; readonly sizeInBytes: number };
      readonly answer: Answer;
      /** A small JPEG in a data URL, where it was asked for. */
      readonly thumbnail?: string;
      /** Of a photo in S3: its line, as the batch function writes it, with every label. */
      readonly record?: ResultRecord;
    }
  | {
      readonly file: string;
      readonly error: FileProblem;
      readonly record?: ResultRecord;
      /** For a reason that may pass, so that the same photo is worth another try. */
      readonly isPassing?: true;
    };

/** What a worker is started with. */
export interface WorkerSettings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly explain: boolean;
  /** Whether results have a thumbnail. */
  readonly thumbnails: boolean;
  /** The photo on standard input, where one of the files is `-`. */
  readonly standardInput: Uint8Array | undefined;
}

/** What a worker says of itself once its model is loaded. */
export interface WorkerFacts {
  readonly labels: readonly string[];
}

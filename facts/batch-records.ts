import type { Answer } from './answers.ts';
import type { ErrorCode } from './error-codes.ts';

// What the batch function writes, and what it is asked and answers by the state machine. docs/bulk.md shows the same.

interface RecordOfPhoto {
  /**
   * 64 hexadecimal digits: the SHA-256 of bucket, key, version or ETag, and model version, joined by line feeds. Two lines with
   * one id are one photo, delivered twice; whoever counts keeps the first.
   */
  readonly id: string;
  readonly bucket: string;
  /** As it is, nothing escaped. */
  readonly key: string;
  /** Of the object, where whoever sent the event named it. */
  readonly objectVersion?: string;
  /** Without the quotation marks that HTTP puts around it. */
  readonly etag?: string;
  readonly modelName: string;
  readonly modelVersion: string;
}

/** A line of a result file, of a photo that was answered. */
export type AnswerRecord = RecordOfPhoto &
  Pick<Answer, 'label' | 'probability' | 'verdict' | 'predictions' | 'photo'> & { readonly sizeInBytes: number };

/** A line of a result file, of a photo that can't be answered however often it is tried. */
export type ErrorRecord = RecordOfPhoto & {
  readonly error: { readonly code: ErrorCode; readonly message: string; readonly hint: string };
};

export type ResultRecord = AnswerRecord | ErrorRecord;

/** What lies beside a photo that was kept and that a caller had sent: nothing of the caller, and no address. */
export type SentPhotoRecord = Pick<
  AnswerRecord,
  'id' | 'modelName' | 'modelVersion' | 'sizeInBytes' | 'label' | 'probability' | 'verdict' | 'predictions' | 'photo'
> & {
  /** The photo's name, beside which the record lies. */
  readonly file: string;
  /** Hexadecimal, of the photo's bytes; `id` is the SHA-256 of it and the model version, joined by a line feed. */
  readonly sha256: string;
};

/** What became of the photos of a batch; sums of several are counts too. */
export interface Counts {
  /** Answered and failed: each has a record. */
  readonly photos: number;
  readonly answered: number;
  readonly failed: number;
  /** Objects that are no photos by their name alone: those that stand for a folder, and results. They have no record. */
  readonly skipped: number;
  readonly verdicts: Readonly<Partial<Record<Answer['verdict'], number>>>;
  /** Of those that failed, by the code of their error. */
  readonly codes: Readonly<Partial<Record<ErrorCode, number>>>;
  readonly sizeInBytes: number;
  /** What the function took, in milliseconds, all calls together. */
  readonly durationMs: number;
}

/** One photo as Step Functions lists it, or as a manifest has it. Only the key is needed. */
export interface MapItem {
  readonly Key: string;
  /** Goes before that of BatchInput. */
  readonly Bucket?: string;
  readonly Etag?: string;
  readonly ETag?: string;
  /** In bytes; text in a CSV. */
  readonly Size?: number | string;
  readonly VersionId?: string;
  /** `true` or `false`, as an inventory of all versions has both: what is no current photo is skipped. */
  readonly IsLatest?: string;
  readonly IsDeleteMarker?: string;
}

export interface BatchInput {
  readonly bucket: string;
  /** The day (UTC, YYYY-MM-DD) on which the run began: a batch that is done again on the next day rewrites its file. */
  readonly date: string;
  readonly run?: string;
  /** Whether keys are escaped as in a URL, as those of an inventory are. */
  readonly keysAreEscaped?: boolean;
  /** What the keys begin with that the run is about; a list may hold others, which are skipped. */
  readonly prefix?: string;
}

/**
 * What a child of the Distributed Map hands to the function, and what it gets back: `Items` are then those that are not done,
 * `Counts` all so far. The child asks again with the answer as it is, until `Items` is empty. Where a call gets nothing
 * done the function fails by a code of the error table, for the state machine to wait and try again.
 */
export interface MapBatch {
  readonly BatchInput: BatchInput;
  readonly Items: readonly MapItem[];
  readonly Counts?: Counts;
}

export type MapAnswer = Required<MapBatch>;

/** The last step of a run: adds up what its children answered, and writes the marker where every photo is accounted for. */
export interface FinishRun {
  readonly Finish: {
    readonly run: string;
    /** ISO 8601. */
    readonly startedAt: string;
    /** `s3://bucket/prefix`, for people. */
    readonly source: string;
    /** Of the result writer (transformation COMPACT): where its manifest.json lies. */
    readonly ResultWriterDetails: { readonly Bucket: string; readonly Key: string };
  };
}

/** The content of the marker, and the answer to {@link FinishRun}. */
export interface FinishedRun {
  readonly run: string;
  readonly source: string;
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly modelVersion: string;
  /** Whether every photo has a record; no marker is written otherwise. */
  readonly complete: boolean;
  /** Children that failed or were never begun. */
  readonly batchesMissing: number;
  readonly counts: Counts;
}

/** A bucket, and what every key in it begins with: empty, or something that ends in a slash. */
export interface ResultPlace {
  readonly bucket: string;
  readonly prefix: string;
}

/** Reads `bucket` or `bucket/prefix`. */
export function parseResultPlace(text: string): ResultPlace {
  const [bucket = '', ...rest] = text.split('/');
  const prefix = rest.join('/').replace(/\/+$/, '');
  return { bucket, prefix: prefix === '' ? '' : `${prefix}/` };
}

/** Where the result files of one day lie. The names of the folders are partitions to Athena, DuckDB and Spark. */
export function resultFolder({ prefix }: ResultPlace, modelVersion: string, date: string): string {
  return `${prefix}results/model=${modelVersion}/date=${date}/`;
}

/** @param digest SHA-256 in hexadecimal of the file's ids, sorted and joined by line feeds */
export function resultKey(place: ResultPlace, modelVersion: string, date: string, digest: string): string {
  return `${resultFolder(place, modelVersion, date)}${digest}.jsonl`;
}

/** Where photos are put that are too large for a request. */
export function uploadFolder({ prefix }: ResultPlace): string {
  return `${prefix}uploads/`;
}

/** Where all of one run of the backlog lies that is no result: what the map writes, manifests, the marker. */
export function runFolder({ prefix }: ResultPlace, run: string): string {
  return `${prefix}runs/${run}/`;
}

/** Written when every photo of a run is accounted for. */
export function markerKey(place: ResultPlace, run: string): string {
  return `${runFolder(place, run)}complete.json`;
}

/** A photo that was kept; its record lies beside it, with `.json`. */
export function keptKey(
  { prefix }: ResultPlace,
  {
    id,
    date,
    verdict,
    extension,
  }: { readonly id: string; readonly date: string; readonly verdict: string; readonly extension: string },
): string {
  return `${prefix}kept/date=${date}/verdict=${verdict}/${id}.${extension}`;
}

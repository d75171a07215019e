/** Where the photos of a run are listed: by S3 itself, in a file with a line of JSON for each, or in an S3 Inventory. */
export const runReaders = ['list', 'lines', 'inventory'] as const;
export type RunReader = (typeof runReaders)[number];

/** What `lambda-lens bulk` starts the state machine with; its definition reads these names. */
export interface RunInput {
  /** Names the run and its folder among the results. */
  readonly run: string;
  /** YYYY-MM-DD (UTC): the day whose folder the results go to, however long it takes. */
  readonly date: string;
  /** ISO 8601. */
  readonly startedAt: string;
  /** `s3://bucket/prefix` or the list, for people. */
  readonly source: string;
  readonly reader: RunReader;
  /** Where the photos are. */
  readonly bucket: string;
  readonly prefix: string;
  /** The list itself, unless S3 lists; '' there. */
  readonly listBucket: string;
  readonly listKey: string;
}

/** What `npm ci` was measured to cost. */
export interface Install {
  readonly date: string;
  readonly processors: number;
  readonly loadAverage: number;
  /** On the disk, in units of 2²⁰ bytes, as `du -m` counts them. */
  readonly megabytes: number;
  readonly secondsWithoutCache: number;
  readonly secondsFromCache: number;
}

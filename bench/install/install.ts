/** What `npm ci` was measured to cost. */
export interface Install {
  readonly date: string;
  readonly processors: number;
  /** On the disk, in units of 10⁶ bytes. */
  readonly megabytes: number;
  readonly secondsWithoutCache: number;
  readonly secondsFromCache: number;
}

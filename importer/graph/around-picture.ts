/** Values put before and after those of an axis. */
type Ends = readonly [before: number, after: number];

const none: Ends = [0, 0];

/** What `pad` adds to the axes of [batch, height, width, channels]: rows above and below, columns on the left and right. */
export function aroundPicture(rows: Ends, columns: Ends): readonly Ends[] {
  return [none, rows, columns, none];
}

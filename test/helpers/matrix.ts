/** Rows of numbers, short enough to stay on a line: `matrix('4 0, 0 4')` is [[4, 0], [0, 4]]. */
export function matrix(rows: string): number[][] {
  return rows.split(',').map((row) => row.trim().split(/ +/).map(Number));
}

const panelColumns = 8;

/**
 * Copies a row-major matrix of `depth` × `columns` into panels of eight columns (four in a last, narrow one), each panel's
 * rows one after the other, the order in which `pointwise` reads them. `columns` is a multiple of four; the two arrays
 * have the same length.
 */
export function packPanels(source: Float32Array, target: Float32Array, depth: number, columns: number): void {
  let to = 0;
  for (let first = 0; first < columns; first += panelColumns) {
    const width = Math.min(panelColumns, columns - first);
    for (let row = 0; row < depth; row++) {
      const from = row * columns + first;
      for (let column = 0; column < width; column++) target[to++] = source[from + column] as number;
    }
  }
}

/**
 * Draws the explanation grid over a picture of `width` × `height` pixels: clear where nothing spoke for the label, warm
 * where the most did. The canvas is as large as the picture, so that both are fitted into their box alike.
 */
export function drawHeat(
  canvas: HTMLCanvasElement,
  grid: readonly (readonly number[])[],
  width: number,
  height: number,
): void {
  const rows = grid.length;
  const columns = grid[0]?.length ?? 0;
  const small = document.createElement('canvas');
  small.width = columns;
  small.height = rows;
  const smallContext = small.getContext('2d');
  const context = canvas.getContext('2d');
  if (smallContext === null || context === null || rows === 0 || columns === 0) return;
  const pixels = smallContext.createImageData(columns, rows);
  for (const [y, row] of grid.entries()) {
    for (const [x, value] of row.entries()) {
      pixels.data.set([255, 200 * (1 - value), 40, 230 * value], (y * columns + x) * 4);
    }
  }
  smallContext.putImageData(pixels, 0, 0);
  canvas.width = width;
  canvas.height = height;
  context.imageSmoothingEnabled = true;
  context.imageSmoothingQuality = 'high';
  context.drawImage(small, 0, 0, width, height);
}

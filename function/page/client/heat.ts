import type { Answer } from '../../../facts/answers.ts';
import { heatPaint } from '../../../facts/heat-colours.ts';

type Explanation = NonNullable<Answer['explanation']>;

const longestSideInPixels = 1024;

/**
 * Draws an explanation over a picture of so many pixels, in the colours of `lambda-lens classify --explain`. The canvas
 * has the picture's proportions, so that both are fitted into their box alike; what the model did not see stays clear.
 */
export function drawHeat(
  canvas: HTMLCanvasElement,
  { grid, area }: Pick<Explanation, 'grid' | 'area'>,
  picture: { readonly width: number; readonly height: number },
): void {
  const scale = Math.min(1, longestSideInPixels / Math.max(picture.width, picture.height));
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const small = drawPlaces(grid);
  const context = canvas.getContext('2d');
  if (small === undefined || context === null) return;
  context.imageSmoothingEnabled = true;
  context.imageSmoothingQuality = 'high';
  context.drawImage(
    small,
    area.left * canvas.width,
    area.top * canvas.height,
    area.width * canvas.width,
    area.height * canvas.height,
  );
}

/** One pixel a place. */
function drawPlaces(grid: Explanation['grid']): HTMLCanvasElement | undefined {
  const small = document.createElement('canvas');
  small.height = grid.length;
  small.width = grid[0]?.length ?? 0;
  if (small.width === 0 || small.height === 0) return undefined;
  const context = small.getContext('2d');
  const pixels = context?.createImageData(small.width, small.height);
  for (const [at, heat] of grid.flat().entries()) {
    const { colour, opacity } = heatPaint(heat);
    pixels?.data.set([...colour, 255 * opacity], at * 4);
  }
  if (pixels) context?.putImageData(pixels, 0, 0);
  return small;
}

import type { Colour, RgbPixels } from '../../photo/pixels/pixels.ts';
import { glyphHeight, glyphs, glyphWidth } from './glyphs.ts';
import { randomSource } from './random-source.ts';

export const emptyPhotoKinds = ['solid', 'gradient', 'noise', 'text'] as const;
/** Photos that show nothing a camera was meant for: a lens cap, a wall, a broken sensor, a page. */
export type EmptyPhotoKind = (typeof emptyPhotoKinds)[number];

type Random = () => number;
type Painter = (x: number, y: number) => Colour;

const smallestSideInPixels = 120;
const largestSideInPixels = 360;

/** Draws a photo of 120 to 360 pixels a side, the same for the same kind and seed. */
export function drawEmptyPhoto(kind: EmptyPhotoKind, seed: number): RgbPixels {
  const random = randomSource(seed);
  const drawSide = () => smallestSideInPixels + Math.floor(random() * (largestSideInPixels - smallestSideInPixels));
  const width = drawSide();
  const height = drawSide();
  const paint = painters[kind](random, width, height);
  const data = new Uint8ClampedArray(width * height * 3);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [red, green, blue] = paint(x, y);
      data[at++] = red;
      data[at++] = green;
      data[at++] = blue;
    }
  }
  return { width, height, data: new Uint8Array(data.buffer) };
}

const painters: Record<EmptyPhotoKind, (random: Random, width: number, height: number) => Painter> = {
  // Every third one white, black or grey; half of them with a sensor's faint noise.
  solid: (random) => {
    const colour = random() < 1 / 3 ? drawGrey(random) : drawColour(random);
    const noise = random() < 0.5 ? 0 : random() * 12;
    return () => shift(colour, (random() - 0.5) * noise);
  },

  // From one colour to another along any direction.
  gradient: (random, width, height) => {
    const [from, to] = [drawColour(random), drawColour(random)];
    const angle = random() * 2 * Math.PI;
    const [along, across] = [Math.cos(angle) / width, Math.sin(angle) / height];
    return (x, y) => blend(from, to, 0.5 + ((x - width / 2) * along + (y - height / 2) * across) / Math.SQRT2);
  },

  // Cells of 1 to 24 pixels, in grey or in colour, of weak to full contrast.
  noise: (random, width) => {
    const cell = 1 + Math.floor(random() ** 2 * 24);
    const ground = drawColour(random);
    const contrast = 0.2 + 0.8 * random();
    const drawCell = random() < 0.5 ? drawGrey : drawColour;
    const row = new Map<number, Colour>();
    return (x, y) => {
      if (x === 0 && y % cell === 0) row.clear();
      const column = Math.floor(Math.min(x, width) / cell);
      const known = row.get(column) ?? blend(ground, drawCell(random), contrast);
      row.set(column, known);
      return known;
    };
  },

  // Lines of letters on a page: ink darker or lighter than the paper, a gap after about every sixth letter.
  text: (random, width) => {
    const isDark = random() < 0.25;
    const paper = blend(isDark ? [20, 20, 25] : [245, 245, 240], drawColour(random), random() * 0.25);
    const ink = blend(isDark ? [235, 235, 235] : [15, 15, 20], drawColour(random), random() * 0.3);
    const dot = 1 + Math.floor(random() ** 2 * 7);
    const margin = dot * glyphWidth * (0.5 + random() * 2);
    const lineHeight = Math.ceil(dot * glyphHeight * (1.3 + random()));
    const letterWidth = dot * (glyphWidth + 1);
    const letters = Array.from({ length: 997 }, () => (random() < 1 / 6 ? undefined : drawGlyph(random)));
    return (x, y) => {
      const line = Math.floor((y - margin) / lineHeight);
      const column = Math.floor((x - margin) / letterWidth);
      if (line < 0 || column < 0 || x > width - margin) return paper;
      const dotRow = Math.floor(((y - margin) % lineHeight) / dot);
      const dotColumn = Math.floor(((x - margin) % letterWidth) / dot);
      const bits = letters[(line * 61 + column) % letters.length]?.[dotRow] ?? 0;
      return dotColumn < glyphWidth && (bits >> (glyphWidth - 1 - dotColumn)) & 1 ? ink : paper;
    };
  },
};

function drawColour(random: Random): Colour {
  return [random() * 255, random() * 255, random() * 255];
}

/** White and black as often as every grey between them together. */
function drawGrey(random: Random): Colour {
  const level = Math.min(Math.max(random() * 2 - 0.5, 0), 1) * 255;
  return [level, level, level];
}

function drawGlyph(random: Random): readonly number[] {
  return glyphs[Math.floor(random() * glyphs.length)] as readonly number[];
}

function blend([red, green, blue]: Colour, other: Colour, share: number): Colour {
  const part = Math.min(Math.max(share, 0), 1);
  return [red + (other[0] - red) * part, green + (other[1] - green) * part, blue + (other[2] - blue) * part];
}

function shift([red, green, blue]: Colour, by: number): Colour {
  return [red + by, green + by, blue + by];
}

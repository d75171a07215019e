import type { Colour, RgbPixels } from '../../photo/pixels/pixels.ts';

/**
 * How to draw one photo of parity.json. Every formula below is in whole numbers, so that any language draws the same
 * bytes: `importer/reference.py` holds the same drawing for Keras.
 */
export interface ParityRecipe {
  readonly kind: ParityPhotoKind;
  /** In pixels, 1 or more. */
  readonly width: number;
  readonly height: number;
  /** 0 to 2^32 - 1. */
  readonly seed: number;
}

export const parityPhotoKinds = ['gradient', 'stripes', 'discs', 'noise', 'garment'] as const;
export type ParityPhotoKind = (typeof parityPhotoKinds)[number];

type Painter = (x: number, y: number) => Colour;

const discCount = 12;

/** Draws the photo that the recipe describes, the same bytes everywhere and always. */
export function drawParityPhoto(recipe: ParityRecipe): RgbPixels {
  const { width, height } = recipe;
  const paint = painters[recipe.kind](recipe, byteSource(recipe.seed));
  const data = new Uint8Array(width * height * 3);
  let at = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      data.set(paint(x, y), at);
      at += 3;
    }
  }
  return { width, height, data };
}

/** The top byte of each state of a linear congruential generator (the constants of Numerical Recipes, modulo 2^32). */
function byteSource(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 24;
  };
}

function colourFrom(nextByte: () => number): Colour {
  const red = nextByte();
  const green = nextByte();
  const blue = nextByte();
  return [red, green, blue];
}

// `Math.floor` of a quotient of non-negative whole numbers is Python's `//`.
const painters: Record<ParityPhotoKind, (recipe: ParityRecipe, nextByte: () => number) => Painter> = {
  // Red grows to the right, green downwards, blue along both from the seed on.
  gradient: ({ width, height, seed }) => {
    const right = Math.max(1, width - 1);
    const bottom = Math.max(1, height - 1);
    return (x, y) => [Math.floor((255 * x) / right), Math.floor((255 * y) / bottom), (x + y + (seed % 256)) % 256];
  },

  // Diagonal bands of three drawn colours, 3 to 15 pixels wide.
  stripes: ({ seed }, nextByte) => {
    const band = 3 + (seed % 13);
    const colours = [colourFrom(nextByte), colourFrom(nextByte), colourFrom(nextByte)] as const;
    return (x, y) => colours[(Math.floor((x + y) / band) % 3) as 0 | 1 | 2];
  },

  // Discs on a plain ground; each draws colour, centre x, centre y and radius, in this order, and hides those before.
  discs: ({ width, height }, nextByte) => {
    const ground = colourFrom(nextByte);
    const discs = Array.from({ length: discCount }, () => ({
      colour: colourFrom(nextByte),
      centreX: Math.floor((nextByte() * width) / 256),
      centreY: Math.floor((nextByte() * height) / 256),
      radius: 1 + Math.floor((nextByte() * Math.min(width, height)) / 1024),
    })).reverse();
    return (x, y) => {
      const hit = discs.find((disc) => (x - disc.centreX) ** 2 + (y - disc.centreY) ** 2 <= disc.radius ** 2);
      return hit?.colour ?? ground;
    };
  },

  // A new byte for each byte, rows from the top, red before green before blue.
  noise: (_recipe, nextByte) => () => colourFrom(nextByte),

  // A flat T shape on a bright ground: a body, two sleeves, a neck; in thousandths of the photo's size.
  garment: ({ width, height }, nextByte) => {
    const ground = colourFrom(nextByte).map((byte) => 192 + Math.floor(byte / 4)) as [number, number, number];
    const cloth = colourFrom(nextByte);
    return (x, y) => {
      const across = Math.floor((x * 1000) / width);
      const down = Math.floor((y * 1000) / height);
      const sideways = Math.abs(across - 500);
      const isNeck = (across - 500) ** 2 + (down - 120) ** 2 <= 80 ** 2;
      const isBody = sideways <= 220 && down >= 120 && down <= 900;
      const isSleeve = sideways <= 420 && down >= 120 && down <= 300 + Math.floor((420 - sideways) / 4);
      return (isBody || isSleeve) && !isNeck ? cloth : ground;
    };
  },
};

import type { CardInput } from './card.ts';

/**
 * How small a decoder may hand a photo over so that the fit makes the same of it; undefined where it has to be whole. Only
 * the antialiased bilinear resize averages over all pixels and takes account of those that are means already; the plain
 * ones pick the very pixels that training saw. With both sides at least this long, what any fit keeps of the photo is at
 * least as large as what it becomes.
 */
export function smallestUsefulSize({
  width,
  height,
  resize,
  resizeTo = 0,
}: CardInput): { readonly width: number; readonly height: number } | undefined {
  if (resize !== 'bilinear-antialias') return undefined;
  return { width: Math.max(width, resizeTo), height: Math.max(height, resizeTo) };
}

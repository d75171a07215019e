/**
 * One sample of 0–255, `alpha` of 255 opaque, laid on white and rounded to the nearest whole number. Whole numbers
 * throughout, since this runs for each sample: with t = v + 128, (t + (t >> 8)) >> 8 is v / 255 rounded for all v to 255².
 */
export function onWhite(sample: number, alpha: number): number {
  const shifted = (255 - sample) * alpha + 128;
  return 255 - ((shifted + (shifted >> 8)) >> 8);
}

/** The nearest of 0 to 255 to a whole number. One test for what is nearly always inside is faster than a clamped array. */
export function clampToByte(value: number): number {
  if ((value & -256) === 0) return value;
  return value < 0 ? 0 : 255;
}

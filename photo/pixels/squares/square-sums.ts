/** Of one square: the sums of red, green and blue, 32 bits each, and one of what lies behind each pixel, which nobody reads. */
export const sumsInBytes = 16;

import { corruptPhoto } from '../../photo-error.ts';

/** A block of samples all −128: eight times its mean, which is what DC is. */
const largestDc = 8 * 128;
/** For encoders that round up and programs that brighten a picture without decoding it. */
const tolerance = 1.25;

/**
 * How far from 0 a DC coefficient can be that is to be multiplied by `step`. DC is coded as a difference to the block before,
 * so that after damage it goes astray and stays so.
 */
export function largestMean(step: number): number {
  return Math.floor((largestDc * tolerance) / step) + 1;
}

export function impossibleMean(): Error {
  return corruptPhoto(
    'The JPEG has blocks brighter or darker than any picture can be: something before them is damaged.',
  );
}

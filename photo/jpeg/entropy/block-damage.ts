import { corruptPhoto } from '../../photo-error.ts';
import { blockDamage } from '../kernels/entropy-layout.ts';
import { impossibleMean } from './largest-mean.ts';

const sentences: Readonly<Record<number, string>> = {
  [blockDamage.unknownCode]: 'The JPEG has a code in its picture that none of its tables knows.',
  [blockDamage.tooManyCoefficients]: 'The JPEG has a block of more than 64 coefficients.',
  [blockDamage.beyondBand]: 'The JPEG has a block with more coefficients than its scan codes.',
  [blockDamage.wideRefinement]: 'The JPEG has a refining scan with a new coefficient of more than one bit.',
};

/** What a kernel's answer below zero says. */
export function damageOf(code: number): Error {
  const sentence = sentences[code];
  return sentence === undefined ? impossibleMean() : corruptPhoto(sentence);
}

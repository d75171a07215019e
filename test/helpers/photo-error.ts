import { PhotoError } from '../../photo/photo-error.ts';

/** The PhotoError that this work ends in; anything else fails the test that asks. */
export async function photoErrorOf(work: () => unknown): Promise<PhotoError> {
  try {
    await work();
  } catch (error) {
    if (error instanceof PhotoError) return error;
    throw error;
  }
  throw new Error('it succeeded');
}

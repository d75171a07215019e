import { ServiceError } from '../../function/invocation/service-error.ts';

/** The ServiceError that this work ends in; anything else fails the test that asks. */
export async function serviceErrorOf(work: () => unknown): Promise<ServiceError> {
  try {
    await work();
  } catch (error) {
    if (error instanceof ServiceError) return error;
    throw error;
  }
  throw new Error('it succeeded');
}

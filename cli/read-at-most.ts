import { CliError } from './cli-error.ts';

/** An answer that goes on past what such a one may have; what listens there is something else. */
export class AnswerSizeError extends CliError {}

/**
 * The body of an answer. What comes after the limit is not read.
 * @throws AnswerSizeError where it is larger, CliError where it ends before it is whole
 */
export async function readAtMost(response: Response, maximumSizeInBytes: number, whose: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of response.body ?? []) {
      size += chunk.length;
      if (size > maximumSizeInBytes) break;
      chunks.push(chunk);
    }
  } catch (cause) {
    throw new CliError(`The answer of ${whose} broke off after ${size} bytes.`, 'Try again.', { cause });
  }
  if (size <= maximumSizeInBytes) return Buffer.concat(chunks);
  throw new AnswerSizeError(
    `The answer of ${whose} is larger than the ${maximumSizeInBytes} bytes that it may have.`,
    'Check the address: something else than what you mean may listen there.',
  );
}

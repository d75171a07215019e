import { readAtMost } from './read-at-most.ts';

/** Lambda lets 6 MB through; a service on a machine of its own may say more, such as of 20,000 labels. */
const maximumAnswerSizeInBytes = 16_000_000;

/**
 * The text that a service answers with, whoever it is that listens there.
 * @throws AnswerSizeError, CliError as {@link readAtMost}
 */
export async function readAnswer(response: Response, url: string): Promise<string> {
  const bytes = await readAtMost(response, maximumAnswerSizeInBytes, new URL(url).origin);
  return new TextDecoder().decode(bytes);
}

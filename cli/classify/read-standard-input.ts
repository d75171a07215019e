import { maximumPhotoFileSizeInBytes } from '../../files/file-limits.ts';
import { CliError } from '../cli-error.ts';
import { standardInputWord } from './photo-words.ts';

type Input = AsyncIterable<Uint8Array> & { readonly isTTY?: boolean };

/**
 * The photo on standard input, where one of the words asks for it.
 * @throws CliError for a terminal, which has no photo to give, and for more bytes than a photo's file may have
 */
export async function readStandardInput(
  words: readonly string[],
  input: Input = process.stdin,
  maximumSizeInBytes = maximumPhotoFileSizeInBytes,
): Promise<Uint8Array | undefined> {
  if (!words.includes(standardInputWord)) return undefined;
  if (input.isTTY) {
    throw new CliError('Standard input is the terminal.', 'Send a photo there: lambda-lens classify - < photo.jpg');
  }
  const chunks: Uint8Array[] = [];
  let sizeInBytes = 0;
  for await (const chunk of input) {
    sizeInBytes += chunk.length;
    if (sizeInBytes > maximumSizeInBytes) {
      throw new CliError(
        `Standard input has more than the ${maximumSizeInBytes / 1e6} MB that a photo may have.`,
        'Check that it is one photo.',
      );
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

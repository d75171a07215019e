import { maximumLabelsFileSizeInBytes } from '../../files/file-limits.ts';
import { openFileSource, readAll } from '../container/byte-source.ts';
import { openZip } from '../container/zip-archive.ts';
import { ImportError } from '../import-error.ts';
import { decodeLabels } from '../labels/read-labels.ts';

/** The labels that metadata names: a file in the zip archive that is appended to the model. Undefined where it is not there. */
export async function readPackedLabels(path: string, name: string | undefined): Promise<readonly string[] | undefined> {
  if (name === undefined) return undefined;
  const file = openFileSource(path);
  try {
    const zip = await openZip(file);
    if (!zip.names.includes(name)) return undefined;
    return decodeLabels(`${path} (${name})`, readAll(await zip.open(name, maximumLabelsFileSizeInBytes)));
  } catch (error) {
    // The model is whole without; who has labels elsewhere gives those.
    if (error instanceof ImportError) return undefined;
    throw error;
  } finally {
    file.close();
  }
}

import { type ByteSource, openFileSource, readAll } from '../container/byte-source.ts';
import { type Hdf5File, openHdf5 } from '../container/hdf5-file.ts';
import { openZip } from '../container/zip-archive.ts';
import { ImportError } from '../import-error.ts';
import { locateKeras3Variables } from './keras3-variables.ts';
import type { VariableStore } from './layer-variables.ts';
import type { LayerDescription, ModelDescription } from './model-description.ts';
import { readModelDescription } from './read-model-description.ts';

/** A Keras model whose layers are known and whose variables can be read. */
export interface OpenedModel {
  readonly description: ModelDescription;
  readonly variables: ReadonlyMap<LayerDescription, VariableStore>;
  /** Such as `3.15.1`, where the file says. */
  readonly kerasVersion: string | undefined;
  close(): void;
}

const largestConfigInBytes = 64 * 1024 * 1024;

/** Opens a `.keras` archive; throws an {@link ImportError} where it is not a sound one. */
export async function openKerasArchive(path: string): Promise<OpenedModel> {
  const file = openFileSource(path);
  let weights: Hdf5File | undefined;
  try {
    const zip = await openZip(file);
    const config = parseJson(await zip.open('config.json', largestConfigInBytes), 'config.json');
    const metadata = zip.names.includes('metadata.json')
      ? parseJson(await zip.open('metadata.json', largestConfigInBytes), 'metadata.json')
      : {};
    const description = readModelDescription(config);
    weights = await openHdf5(await zip.open('model.weights.h5'));
    const opened = weights;
    return {
      description,
      variables: locateKeras3Variables(description, opened.root),
      kerasVersion: versionOf(metadata),
      close: () => {
        opened.close();
        file.close();
      },
    };
  } catch (error) {
    weights?.close();
    file.close();
    throw error;
  }
}

function versionOf(metadata: unknown): string | undefined {
  const version = (metadata as { keras_version?: unknown } | null)?.keras_version;
  return typeof version === 'string' ? version : undefined;
}

function parseJson(source: ByteSource, name: string): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(readAll(source)));
  } catch (cause) {
    throw new ImportError(`${name} in the archive is not JSON.`, 'Save the model again and copy the file whole.', {
      cause,
    });
  }
}

import { isJsonObject } from '../../facts/json-object.ts';
import { maximumJsonFileSizeInBytes } from '../../files/file-limits.ts';
import { parseJson as parseBoundedJson } from '../../files/parse-json.ts';
import { type ByteSource, type FileSource, openFileSource, readAll } from '../container/byte-source.ts';
import { type Hdf5File, openHdf5 } from '../container/hdf5-file.ts';
import { openZip } from '../container/zip-archive.ts';
import { ImportError } from '../import-error.ts';
import { refuseZip } from '../refuse-format.ts';
import { locateKeras3Variables } from './keras3-variables.ts';
import type { VariableStore } from './layer-variables.ts';
import { locateLegacyVariables } from './legacy-variables.ts';
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

const largestConfigInBytes = maximumJsonFileSizeInBytes;
const weightsOnlyHint =
  'Save it whole: build the model in Python, then model.load_weights("weights.h5") and model.save("model.keras").';

/** Opens a `.keras` archive; throws an {@link ImportError} where it is not a sound one. */
export function openKerasArchive(path: string): Promise<OpenedModel> {
  return openWith(path, async (file) => {
    const zip = await openZip(file);
    const other = zip.names.includes('config.json') ? undefined : refuseZip(path, zip.names);
    if (other !== undefined) throw other;
    if (!zip.names.includes('config.json')) {
      throw new ImportError(`${path} is a zip, but not of a Keras model: it has no config.json.`, weightsOnlyHint);
    }
    const config = parseJson(readText(await zip.open('config.json', largestConfigInBytes)), 'config.json');
    const metadata = zip.names.includes('metadata.json')
      ? parseJson(readText(await zip.open('metadata.json', largestConfigInBytes)), 'metadata.json')
      : {};
    const description = readModelDescription(config);
    const weights = await openHdf5(await zip.open('model.weights.h5'));
    const version = isJsonObject(metadata) ? metadata.keras_version : undefined;
    return { description, weights, version, locate: locateKeras3Variables };
  });
}

/** Opens a legacy `.h5` of a whole model; throws an {@link ImportError} where it holds weights only, or is damaged. */
export function openLegacyFile(path: string): Promise<OpenedModel> {
  return openWith(path, async (file) => {
    const weights = await openHdf5(file);
    const config = weights.root.attribute('model_config');
    if (typeof config !== 'string') {
      weights.close();
      throw new ImportError(`${path} holds weights only, not the layers that they belong to.`, weightsOnlyHint);
    }
    const description = readModelDescription(parseJson(config, 'model_config'));
    const version =
      weights.root.attribute('keras_version') ?? weights.root.group('model_weights')?.attribute('keras_version');
    return { description, weights, version, locate: locateLegacyVariables };
  });
}

interface Opened {
  readonly description: ModelDescription;
  readonly weights: Hdf5File;
  readonly version: unknown;
  readonly locate: (model: ModelDescription, root: Hdf5File['root']) => Map<LayerDescription, VariableStore>;
}

async function openWith(path: string, open: (file: FileSource) => Promise<Opened>): Promise<OpenedModel> {
  const file = openFileSource(path);
  let weights: Hdf5File | undefined;
  try {
    const opened = await open(file);
    weights = opened.weights;
    const variables = opened.locate(opened.description, weights.root);
    return {
      description: opened.description,
      variables,
      kerasVersion: typeof opened.version === 'string' ? opened.version : undefined,
      close: () => {
        opened.weights.close();
        file.close();
      },
    };
  } catch (error) {
    weights?.close();
    file.close();
    throw error;
  }
}

function readText(source: ByteSource): string {
  return new TextDecoder().decode(readAll(source));
}

function parseJson(text: string, name: string): unknown {
  try {
    return parseBoundedJson(text);
  } catch (cause) {
    throw new ImportError(
      `${name} in the file cannot be read: ${(cause as Error).message}.`,
      'Save the model again and copy the file whole.',
      {
        cause,
      },
    );
  }
}

import { crc32, deflateRawSync } from 'node:zlib';
import * as h5wasm from 'h5wasm';

export interface ZipEntry {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly deflated?: boolean;
  /** What the directory claims, where that is not the truth. */
  readonly claimedSizeInBytes?: number;
}

/** A zip of these entries, stored or deflated. */
export function buildZip(entries: readonly ZipEntry[]): Uint8Array {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, bytes, deflated = false, claimedSizeInBytes = bytes.length } of entries) {
    const data = deflated ? deflateRawSync(bytes) : Buffer.from(bytes);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(deflated ? 8 : 0, 4);
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(data.length, 14);
    common.writeUInt32LE(claimedSizeInBytes, 18);
    common.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, Buffer.from(name)]);
    const position = Buffer.alloc(14);
    position.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), common, position, Buffer.from(name)]));
    parts.push(local, data);
    offset += local.length + data.length;
  }
  const listing = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(listing.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, listing, end]);
}

/** The bytes of an HDF5 file that `fill` writes. */
export async function buildHdf5(fill: (file: h5wasm.File) => void): Promise<Uint8Array> {
  const { FS } = await h5wasm.ready;
  const file = new h5wasm.File('/built.h5', 'w');
  fill(file);
  file.close();
  const bytes = Uint8Array.from(FS.readFile('/built.h5', { encoding: 'binary' }));
  FS.unlink('/built.h5');
  return bytes;
}

export interface LayerJson {
  readonly class_name: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly module?: string | null | undefined;
}

/** A sequential model's config.json, its input [height, width, channels]. */
export function sequentialConfig(layers: readonly LayerJson[], input: readonly (number | null)[] = [6, 6, 3]): object {
  const inputLayer = {
    module: 'keras.layers',
    class_name: 'InputLayer',
    config: { name: 'photo', batch_shape: [null, ...input], dtype: 'float32' },
  };
  const named = layers.map((layer) => ({ module: 'keras.layers', ...layer }));
  return { module: 'keras', class_name: 'Sequential', config: { name: 'model', layers: [inputLayer, ...named] } };
}

/** A `.keras` archive of a config and weights. */
export async function buildKerasFile(
  config: object,
  fill: (file: h5wasm.File) => void = () => undefined,
): Promise<Uint8Array> {
  const json = (value: object) => new TextEncoder().encode(JSON.stringify(value));
  return buildZip([
    { name: 'metadata.json', bytes: json({ keras_version: '3.15.1' }) },
    { name: 'config.json', bytes: json(config) },
    { name: 'model.weights.h5', bytes: await buildHdf5(fill) },
  ]);
}

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openFileSource, readAll } from '../../importer/container/byte-source.ts';
import { openZip } from '../../importer/container/zip-archive.ts';
import { ImportError } from '../../importer/import-error.ts';
import { importModel } from '../../importer/import-model.ts';
import { buildKerasFile, buildZip, sequentialConfig, type ZipEntry } from './build-model-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'hostile-configurations-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function importBytes(bytes: Uint8Array): Promise<unknown> {
  const path = join(folder, 'model.keras');
  writeFileSync(path, bytes);
  return await importModel(path, {});
}

/** What every object has without saying so, and what a JSON file can say. */
const inherited = ['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf'];

describe('a name that every object of JavaScript answers to', () => {
  const layerOf = (class_name: string, config: object) =>
    sequentialConfig([{ class_name, config: { name: 'odd', ...config } }]);

  it.each(inherited)('%s is no activation, layer or operation', async (name) => {
    const configs = [
      layerOf('Activation', { activation: name }),
      layerOf('Dense', { units: 2, activation: { class_name: name, config: {} } }),
      layerOf(name, {}),
      {
        class_name: 'Sequential',
        config: { layers: [{ class_name: name, module: 'keras.src.ops.nn', config: { name } }] },
      },
    ];

    for (const config of configs) {
      await expect(buildKerasFile(config).then(importBytes)).rejects.toThrow(ImportError);
    }
  });
});

describe('a sound model of which one value was replaced', () => {
  const mostPlaces = 40;
  const hostile = [...inherited, '', null, true, 0, -1, 0.5, 1e9, 1e308, [], {}, [[]], [1, 2, 3, 4, 5, 6, 7, 8, 9]];

  it.each([
    'activation-arguments',
    'attention',
    'conv2d',
    'dense',
    'names',
    'nested',
    'one-dimensional',
    'operations',
    'shared',
    'tf2-functions',
    'wrappers',
  ])('%s is imported or refused with a sentence', async (name) => {
    const { config, others } = await unpack(join(import.meta.dirname, `../fixtures/import/${name}.keras`));
    const all = [...placesIn(config)];
    // Places far and wide, each with another of the values.
    const places = all.filter((_, index) => index % Math.ceil(all.length / mostPlaces) === 0);
    const changed = places.map((place, index) => replaceAt(config, place, hostile[index % hostile.length]));

    for (const json of changed) {
      const bytes = buildZip([...others, { name: 'config.json', bytes: toBytes(json) }]);
      await importBytes(bytes).catch((error: unknown) => expect(error).toBeInstanceOf(ImportError));
    }
  });
});

it('that nests five million deep is refused before it is parsed', async () => {
  const bytes = new TextEncoder().encode(`{"a":${'['.repeat(5_000_000)}`);
  const archive = buildZip([
    { name: 'config.json', bytes },
    { name: 'model.weights.h5', bytes: new Uint8Array(8) },
  ]);

  await expect(importBytes(archive)).rejects.toThrow('nested more than 512 deep');
});

async function unpack(path: string): Promise<{ config: unknown; others: ZipEntry[] }> {
  const zip = await openZip(openFileSource(path));
  const others: ZipEntry[] = [];
  for (const name of zip.names.filter((entry) => entry !== 'config.json')) {
    others.push({ name, bytes: Uint8Array.from(readAll(await zip.open(name))) });
  }
  const config: unknown = JSON.parse(new TextDecoder().decode(readAll(await zip.open('config.json'))));
  return { config, others };
}

type Place = readonly string[];

function* placesIn(value: unknown, place: Place = []): Generator<Place> {
  yield place;
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) yield* placesIn(inner, [...place, key]);
}

function replaceAt(value: unknown, [key, ...rest]: Place, replacement: unknown): unknown {
  if (key === undefined) return replacement;
  const entries = Object.entries(value as object).map(([name, inner]) => [
    name,
    name === key ? replaceAt(inner, rest, replacement) : inner,
  ]);
  return Array.isArray(value) ? entries.map(([, inner]) => inner) : Object.fromEntries(entries);
}

function toBytes(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value));
}

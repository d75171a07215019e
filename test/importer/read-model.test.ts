import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { File } from 'h5wasm';
import { afterAll, describe, expect, it } from 'vitest';
import { ImportError } from '../../importer/import-error.ts';
import type { ReadOptions } from '../../importer/model-reader.ts';
import { readModel } from '../../importer/read-model.ts';
import { buildHdf5, buildKerasFile, buildZip, type LayerJson, sequentialConfig } from './build-model-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'read-model-'));
const head = readFileSync(join(import.meta.dirname, '../fixtures/import/head.keras'));
const dense: LayerJson = { class_name: 'Dense', config: { name: 'scores', units: 2, use_bias: false } };
const text = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
const flatten: LayerJson = { class_name: 'Flatten', config: { name: 'flat' } };
const plain = sequentialConfig([flatten, dense]);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function refusalOf(bytes: Uint8Array, options: ReadOptions = {}): Promise<ImportError> {
  const path = join(folder, 'model.keras');
  writeFileSync(path, bytes);
  return await readModel(path, options).then(
    () => expect.fail('was imported'),
    (error: unknown) => {
      expect(error).toBeInstanceOf(ImportError);
      return error as ImportError;
    },
  );
}

function writeDense(file: File, shape: number[] = [108, 2]): void {
  const data = new Float32Array(shape.reduce((product, size) => product * size, 1));
  file.create_group('layers').create_group('dense').create_group('vars').create_dataset({ name: '0', data, shape });
}

describe('a file that is no whole model', () => {
  it('is named where it is missing', async () => {
    await expect(readModel(join(folder, 'absent.keras'), {})).rejects.toThrow(
      /absent\.keras cannot be used: there is no such file/,
    );
  });

  it.each([
    ['a photo', Uint8Array.from([0xff, 0xd8, 0xff, 0xe0])],
  ])('is refused by its first bytes when %s', async (_what, bytes) => {
    expect((await refusalOf(bytes)).message).toMatch(/neither a \.keras, \.h5, \.tflite nor \.onnx/);
  });

  it('is refused with the Python that makes the right file when it is a SavedModel', async () => {
    const saved = join(folder, 'saved');
    mkdirSync(saved, { recursive: true });
    writeFileSync(join(saved, 'saved_model.pb'), '');

    await expect(readModel(saved, {})).rejects.toMatchObject({
      hint: expect.stringContaining('TFLiteConverter.from_saved_model'),
    });
  });

  it('is refused with the Python that makes the right file when it holds weights only', async () => {
    const error = await refusalOf(await buildHdf5((file) => writeDense(file)));

    expect(error.message).toMatch(/weights only/);
    expect(error.hint).toMatch(/load_weights.*model\.save/);
  });

  it.each([20, 1000, head.length - 30])('is refused when a .keras is cut off after %i bytes', async (length) => {
    await refusalOf(head.subarray(0, length));
  });

  it.each([100, 800, 2000])('is refused when an .h5 is cut off after %i bytes', async (length) => {
    const whole = await buildHdf5((file) => {
      file.create_attribute('model_config', JSON.stringify(plain));
      writeDense(file);
    });
    await refusalOf(whole.subarray(0, length));
  });
});

describe('a hostile archive', () => {
  const weights = { name: 'model.weights.h5', bytes: new Uint8Array(8) };

  it('is refused when a file in it claims to inflate two hundred times over', async () => {
    const bomb = { name: 'config.json', bytes: new Uint8Array(4_000_000), deflated: true };

    expect((await refusalOf(buildZip([bomb, weights]))).message).toMatch(/claims to inflate/);
  });

  it('is refused when a file in it inflates to more than it claims', async () => {
    const bytes = text({ padding: Array.from({ length: 5000 }, (_, index) => index) });
    const liar = { name: 'config.json', bytes, deflated: true, claimedSizeInBytes: 100 };

    expect((await refusalOf(buildZip([liar, weights]))).message).toMatch(/not a sound \.keras archive/);
  });

  it.each([
    ['is not JSON', new TextEncoder().encode('{')],
    ['is no model', text({ class_name: 'Functional', config: { layers: [{}] } })],
    ['nests arrays without end', new TextEncoder().encode(`${'['.repeat(200_000)}`)],
  ])('is refused when its configuration %s', async (_what, bytes) => {
    await refusalOf(buildZip([{ name: 'config.json', bytes }, weights]));
  });

  it('is refused when its layers form a loop', async () => {
    const tensor = (layer: string) => ({
      args: [{ class_name: '__keras_tensor__', config: { keras_history: [layer, 0, 0] } }],
    });
    const layer = (name: string, from: string) => ({
      module: 'keras.layers',
      class_name: 'ReLU',
      name,
      config: { name },
      inbound_nodes: [tensor(from)],
    });
    const input = {
      module: 'keras.layers',
      class_name: 'InputLayer',
      name: 'in',
      config: { batch_shape: [null, 6, 6, 3] },
      inbound_nodes: [],
    };
    const config = {
      layers: [input, layer('a', 'b'), layer('b', 'a')],
      input_layers: ['in', 0, 0],
      output_layers: ['b', 0, 0],
    };

    const error = await refusalOf(await buildKerasFile({ class_name: 'Functional', config }));

    expect(error.message).toMatch(/form a loop/);
  });

  it('is refused when its HDF5 data links to another file', async () => {
    const bytes = await buildKerasFile(plain, (file) => {
      file.create_group('layers').create_group('dense').create_external_link('/etc/passwd', '/', 'vars');
    });

    expect((await refusalOf(bytes)).message).toMatch(/is a link to the file \/etc\/passwd/);
  });

  it('is refused when the texts of its HDF5 data claim to be longer than all of it', async () => {
    const whole = gunzipSync(readFileSync(join(import.meta.dirname, '../fixtures/import/tf2-nested.h5.gz')));
    // Behind the header of the global heap, the length of its first object; the library alone would never come back.
    whole.writeBigUInt64LE(0xfffffff0n, whole.indexOf('GCOL') + 24);

    expect((await refusalOf(whole)).message).toMatch(/HDF5 data is damaged.*global heap/);
  });

  it('is refused when a kernel has another shape than its layer needs', async () => {
    const error = await refusalOf(await buildKerasFile(plain, (file) => writeDense(file, [2, 108])));

    expect(error.message).toMatch(/its kernel is \[2,108\] in the file where the layer needs \[108,2\]/);
  });

  it.each([
    ['UpSampling2D', { size: [1_000_000, 1_000_000] }],
    ['Resizing', { height: 500_000, width: 500_000, interpolation: 'bicubic' }],
    ['ZeroPadding2D', { padding: 60_000 }],
  ])('is refused when %s asks for an absurd picture', async (className, config) => {
    const layer = { class_name: className, config: { name: 'huge', ...config } };

    const error = await refusalOf(await buildKerasFile(sequentialConfig([layer, flatten, dense])));

    expect(error.message).toMatch(/"huge".*out of all proportion/);
  });
});

describe('a model of a kind that is not served', () => {
  it.each<[string, LayerJson, RegExp]>([
    [
      'an unknown layer',
      { class_name: 'ConvLSTM2D', config: { name: 'odd' } },
      /"odd" \(ConvLSTM2D\) cannot be imported/,
    ],
    ['a Lambda layer', { class_name: 'Lambda', config: { name: 'code' } }, /"code" \(Lambda\).*Python code/],
    [
      'a custom layer',
      { class_name: 'Mine', module: 'my_package.layers', config: { name: 'own' } },
      /"own" \(Mine\).*custom class, of the Python module my_package\.layers/,
    ],
    [
      'a custom layer by the name of one of Keras',
      { class_name: 'UnitNormalization', module: null, config: { name: 'own' } },
      /"own" \(UnitNormalization\).*custom class/,
    ],
    [
      'a custom layer by its package, where the file tells no module',
      { class_name: 'mine>LayerScale', module: undefined, config: { name: 'own' } },
      /"own" \(mine>LayerScale\).*custom class/,
    ],
    [
      'a custom function by the name of one of Keras',
      { class_name: 'Activation', config: { name: 'act', activation: 'mine>swish' } },
      /"act" \(Activation\).*"mine>swish"/,
    ],
    [
      'a custom layer inside one of Keras',
      {
        class_name: 'TimeDistributed',
        config: { name: 'each', layer: { class_name: 'Dense', module: null, config: { name: 'own', units: 2 } } },
      },
      /"each" \(TimeDistributed\).*the layer inside it, Dense, is not known/,
    ],
    [
      'augmentation that works at inference too',
      { class_name: 'Pipeline', config: { name: 'row', layers: [{ class_name: 'Rescaling', config: {} }] } },
      /"row" \(Pipeline\).*"Rescaling" in it works at inference/,
    ],
    [
      'weights that were quantised as whole numbers',
      { class_name: 'Dense', config: { name: 'few', units: 2, dtype: { class_name: 'QuantizedDTypePolicy' } } },
      /"few" \(Dense\).*quantised by model\.quantize/,
    ],
    [
      'copies without end',
      { class_name: 'RepeatVector', config: { name: 'many', n: 1_000_000 } },
      /"many" \(RepeatVector\)/,
    ],
    [
      'channels first',
      { class_name: 'MaxPooling2D', config: { name: 'pool', data_format: 'channels_first' } },
      /"pool" \(MaxPooling2D\).*channels come first/,
    ],
    [
      'an unknown activation',
      { class_name: 'Activation', config: { name: 'act', activation: 'my_own' } },
      /"act" \(Activation\).*"my_own" is not one that can be an argument/,
    ],
  ])('is refused with the name of the layer: %s', async (_what, layer, message) => {
    expect((await refusalOf(await buildKerasFile(sequentialConfig([layer])))).message).toMatch(message);
  });

  it('is refused with the place of the layer when that lies in a nested model', async () => {
    const inner = {
      class_name: 'Sequential',
      config: { name: 'inner', layers: [{ class_name: 'Odd', config: { name: 'deep' } }] },
    };

    expect((await refusalOf(await buildKerasFile(sequentialConfig([inner])))).message).toMatch(/"inner\/deep" \(Odd\)/);
  });

  it('is refused when its class does not list its layers', async () => {
    const error = await refusalOf(await buildKerasFile({ class_name: 'MyModel', module: 'train', config: {} }));

    expect(error.message).toMatch(/a MyModel, a class of its own/);
  });

  it('asks for --size when it leaves the photo size open, and takes it', async () => {
    const bytes = await buildKerasFile(sequentialConfig([flatten, dense], [null, null, 3]), (file) => writeDense(file));

    expect((await refusalOf(bytes)).hint).toMatch(/--size/);

    const { input } = await readModel(join(folder, 'model.keras'), { size: { width: 6, height: 6 } });

    expect(input.shape).toEqual([1, 6, 6, 3]);
  });
});

describe('a model of several outputs', () => {
  const reference = (layer: string) => ({
    args: [{ class_name: '__keras_tensor__', config: { keras_history: [layer, 0, 0] } }],
  });
  const layer = (class_name: string, name: string, from: string[], config: object) => ({
    module: 'keras.layers',
    class_name,
    name,
    config: { name, ...config },
    inbound_nodes: from.map(reference),
  });
  const layers = [
    layer('InputLayer', 'photo', [], { batch_shape: [null, 6, 6, 3] }),
    layer('InputLayer', 'words', [], { batch_shape: [null, 20] }),
    layer('GlobalAveragePooling2D', 'first', ['photo'], {}),
    layer('Softmax', 'second', ['words'], {}),
  ];
  const config = {
    layers,
    input_layers: ['photo', 'words'].map((name) => [name, 0, 0]),
    output_layers: ['first', 'second'].map((name) => [name, 0, 0]),
  };

  it('is refused with their names', async () => {
    const error = await refusalOf(await buildKerasFile({ class_name: 'Functional', config }));

    expect(error.message).toBe('The model has 2 outputs: "first", "second".');
    expect(error.hint).toMatch(/--output/);
  });

  it('answers with the one that is chosen, and needs only what that one depends on', async () => {
    writeFileSync(join(folder, 'model.keras'), await buildKerasFile({ class_name: 'Functional', config }));

    const { input, score } = await readModel(join(folder, 'model.keras'), { output: 'first' });

    expect(input.shape).toEqual([1, 6, 6, 3]);
    expect(score.shape).toEqual([1, 3]);
  });

  it('is refused when the chosen one does not depend on a picture', async () => {
    const error = await refusalOf(await buildKerasFile({ class_name: 'Functional', config }), { output: 'second' });

    expect(error.message).toMatch(/not pictures/);
  });
});

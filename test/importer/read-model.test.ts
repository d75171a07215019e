import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readModel } from '../../importer/read-model.ts';
import { buildHdf5, buildKerasFile } from './build-model-file.ts';
import { folder, plain, refusalOf, writeDense } from './refusal-of.ts';

const head = readFileSync(join(import.meta.dirname, '../fixtures/import/head.keras'));

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

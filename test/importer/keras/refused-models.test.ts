import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readModel } from '../../../importer/read-model.ts';
import { buildKerasFile, type LayerJson, sequentialConfig } from '../build-model-file.ts';
import { dense, flatten, folder, refusalOf, writeDense } from '../refusal-of.ts';

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

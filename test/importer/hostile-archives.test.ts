import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { buildKerasFile, buildZip, sequentialConfig } from './build-model-file.ts';
import { dense, flatten, plain, refusalOf, writeDense } from './refusal-of.ts';

const text = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

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

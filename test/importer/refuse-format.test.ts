import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ImportError } from '../../importer/import-error.ts';
import { readModel } from '../../importer/read-model.ts';

const folder = mkdtempSync(join(tmpdir(), 'formats-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function refusal(path: string): Promise<{ readonly message: string; readonly hint: string }> {
  const error = await readModel(path, {}).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(ImportError);
  return error as ImportError;
}

// Each was run as it stands.
const layersWayOut = /tensorflowjs.*protobuf.*--input_format=tfjs_layers_model --output_format=keras ".*" model\.h5$/;
const graphWayOut = /tfjs_graph_converter --output_format tf_saved_model .*from_saved_model\("saved_model"\)/;
const torchWayOut =
  /torch\.onnx\.export\(model\.eval\(\), \(torch\.zeros\(1, 3, 224, 224\),\), "model\.onnx", dynamo=True\)/;

describe('a file that is no model the importer reads has a way out:', () => {
  it.each([
    ['an empty file', 'empty.h5', '', /is empty/, /download the model again/],
    ['an empty file named as ONNX', 'empty.onnx', '', /is empty/, /download the model again/],
    ['a pointer named as ONNX', 'lfs.onnx', 'version https://git-lfs.github.com/spec/v1\n', /pointer/, /git lfs pull/],
    ['a web page named as ONNX', 'page.onnx', '\n<html>', /web page/, /Download raw file/],
    ['a pointer of Git LFS', 'lfs.keras', 'version https://git-lfs.github.com/spec/v1\n', /pointer/, /git lfs pull/],
    ['a web page', 'page.h5', '<!DOCTYPE html>\n<html>', /web page/, /Download raw file/],
    ['weights of PyTorch', 'model.pth', '\x80\x02}q', /PyTorch/, torchWayOut],
    ['safetensors', 'model.safetensors', '\x00\x10', /weights only/, torchWayOut],
    ['a layers model for TensorFlow.js', 'model.json', '{"format":"layers-model"}', /layers model/, layersWayOut],
    ['an old layers model', 'old.json', '{"modelTopology":{"model_config":{}}}', /layers model/, layersWayOut],
    ['a graph model for TensorFlow.js', 'graph.json', '{"format":"graph-model"}', /graph model/, graphWayOut],
    ['an old graph model', 'old-graph.json', '{"modelTopology":{"node":[]}}', /graph model/, graphWayOut],
    ['another JSON file', 'labels.json', '{"0":"hat"}', /JSON file, and no model/, /\.onnx/],
    ['half a JSON file', 'half.json', '{"modelTopology":{"no', /JSON file/, /\.onnx/],
    ['a part of a SavedModel', 'saved_model.pb', '\x08\x01', /SavedModel/, /TFLiteConverter.from_saved_model/],
    ['an object of Python', 'model.pkl', 'cobj', /object of Python/, /model.save/],
    ['anything else', 'notes.txt', 'hello', /neither a .keras/, /model.save/],
  ])('%s', async (_what, name, text, message, hint) => {
    const path = join(folder, name);
    writeFileSync(path, text, 'latin1');

    const error = await refusal(path);

    expect(error.message).toMatch(message);
    expect(error.hint).toMatch(hint);
  });

  it.each([
    ['a SavedModel', ['saved_model.pb'], /SavedModel/, /from_saved_model/],
    ['a folder with a model in it', ['a.tflite', 'notes.txt'], /is a folder/, /a\.tflite/],
    ['an unpacked .keras', ['config.json', 'model.weights.h5'], /unpacked/, /zip/],
    ['a folder without a model', ['notes.txt'], /without a model/, /\.onnx/],
  ])('%s', async (what, names, message, hint) => {
    const path = join(folder, what.replaceAll(' ', '-'));
    mkdirSync(path);
    for (const name of names) writeFileSync(join(path, name), '');

    const error = await refusal(path);

    expect(error.message).toMatch(message);
    expect(error.hint).toMatch(hint);
  });
});

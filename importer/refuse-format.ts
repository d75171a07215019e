import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { ImportError } from './import-error.ts';
import { refuseTensorflowJs } from './refuse-tensorflow-js.ts';

/** How to make a .tflite of whatever TensorFlow can call. */
const tfliteOf = (converter: string) =>
  `In Python: import tensorflow as tf; open("model.tflite", "wb").write(tf.lite.TFLiteConverter.${converter}.convert())`;

/** What a hint says of a model in PyTorch's hands. */
const fromTorch =
  'In Python, with the model loaded: torch.onnx.export(model.eval(), (torch.zeros(1, 3, 224, 224),), "model.onnx", dynamo=True), with your photo size.';

/** What came in place of a model, whatever its name: nothing, a pointer, a web page; undefined where it may be one. */
export function refuseSubstitute(path: string, head: Uint8Array, sizeInBytes: number): ImportError | undefined {
  const text = new TextDecoder('latin1').decode(head);
  if (sizeInBytes === 0) {
    return new ImportError(`${path} is empty.`, 'Copy or download the model again.');
  }
  if (text.startsWith('version https://git-lfs')) {
    return new ImportError(
      `${path} is not the model, but a pointer to it in Git LFS.`,
      'Fetch the file itself: git lfs install && git lfs pull.',
    );
  }
  if (/^\s*<(!doctype|html|\?xml)/i.test(text)) {
    return new ImportError(
      `${path} is a web page, saved under the name of a model.`,
      'Download the file itself: on GitHub by "Download raw file", on a drive by its download link.',
    );
  }
  return undefined;
}

/** The way out for a file that no reader takes, by its first bytes and its name. */
export function refuseFormat(path: string, head: Uint8Array): ImportError {
  const name = basename(path).toLowerCase();
  const text = new TextDecoder('latin1').decode(head);
  if (name.endsWith('.pb')) return refuseSavedModel(dirname(path));
  if (name === 'model.json' && isModelDirectory(list(dirname(path)))) return refuseModelDirectory(dirname(path));
  if (name === 'model.json' || text.trimStart().startsWith('{')) return refuseTensorflowJs(path, tfliteOf);
  if (/\.(pt|pth|bin|ckpt)$/.test(name) || head[0] === 0x80) {
    return new ImportError(`${path} is a model of PyTorch, or its weights.`, fromTorch);
  }
  if (name.endsWith('.safetensors')) {
    return new ImportError(`${path} holds weights only, without the layers that they belong to.`, fromTorch);
  }
  if (/\.(pkl|joblib)$/.test(name)) {
    return new ImportError(
      `${path} is an object of Python.`,
      'Load it in Python and save the model itself: model.save("model.keras"), or as .onnx.',
    );
  }
  return new ImportError(
    `${path} is neither a .keras, .h5, .tflite nor .onnx file by its first bytes.`,
    'Save the model with model.save("model.keras") and copy the file whole.',
  );
}

/** A zip that is no Keras archive. */
export function refuseZip(path: string, names: readonly string[]): ImportError | undefined {
  if (names.some((name) => name.endsWith('/data.pkl'))) {
    return new ImportError(`${path} is a model of PyTorch, or its weights.`, fromTorch);
  }
  if (names.some((name) => name.endsWith('saved_model.pb'))) {
    return new ImportError(`${path} is a zip with a TensorFlow SavedModel in it.`, 'Unpack it, and name its folder.');
  }
  const models = names.filter((name) => /\.(keras|h5|tflite|onnx)$/i.test(name));
  if (models.length > 0) {
    return new ImportError(`${path} is a zip with ${models.join(', ')} in it.`, 'Unpack it, and name that file.');
  }
  return undefined;
}

/** A folder: a SavedModel, a model for TensorFlow.js, one of our own, or none. */
export function refuseFolder(path: string): ImportError {
  const names = list(path);
  if (names.includes('saved_model.pb')) return refuseSavedModel(path);
  if (isModelDirectory(names)) return refuseModelDirectory(path);
  if (names.includes('model.json')) return refuseTensorflowJs(join(path, 'model.json'), tfliteOf);
  if (names.includes('config.json') && names.includes('model.weights.h5')) {
    return new ImportError(`${path} is an unpacked .keras file.`, `Pack it again: cd ${path} && zip ../model.keras *`);
  }
  const models = names.filter((name) => /\.(keras|h5|tflite|onnx)$/i.test(name));
  if (models.length > 0)
    return new ImportError(`${path} is a folder.`, `Name the model in it: ${join(path, models[0] as string)}.`);
  return new ImportError(
    `${path} is a folder without a model.`,
    'Name the file of the model: .keras, .h5, .tflite or .onnx.',
  );
}

function isModelDirectory(names: readonly string[]): boolean {
  return ['model.json', 'weights.bin', 'card.json'].every((name) => names.includes(name));
}

function refuseModelDirectory(path: string): ImportError {
  return new ImportError(
    `${path} is a model directory already.`,
    `"lambda-lens check ${path}" describes it, "lambda-lens serve --model ${path}" serves it.`,
  );
}

/** What Keras 3 exports for serving cannot be loaded as a Keras model again; TensorFlow Lite's converter takes it. */
function refuseSavedModel(folder: string): ImportError {
  return new ImportError(
    `${folder} is a TensorFlow SavedModel; only single files are imported.`,
    `${tfliteOf(`from_saved_model("${folder}")`)}. That file can be imported.`,
  );
}

function list(path: string): string[] {
  return existsSync(path) && statSync(path).isDirectory() ? readdirSync(path) : [];
}

/** The .tflite way, which works for most of what Keras can call and the importer does not know. */
export const asTflite = `${tfliteOf('from_keras_model(model)')}, and import that.`;

import { isJsonObject, type JsonObject } from '../facts/json-object.ts';
import { maximumJsonFileSizeInBytes } from '../files/file-limits.ts';
import { readPlainFile } from '../files/plain-file.ts';
import { ImportError } from './import-error.ts';

/** TensorFlow.js's converter needs a newer protobuf than the one that is installed along with it; pip's complaint is no harm. */
const installConverter = 'pip install tensorflowjs && pip install --upgrade "protobuf>=6.31,<7"';

/** The way out for a model.json, or another JSON file. @param tfliteOf how to make a .tflite by a converter of TensorFlow */
export function refuseTensorflowJs(path: string, tfliteOf: (converter: string) => string): ImportError {
  const kind = findKind(path);
  if (kind === 'layers') {
    return new ImportError(
      `${path} is a layers model for TensorFlow.js.`,
      `Import what it was converted from, or make .h5 of it: ${installConverter} && tensorflowjs_converter --input_format=tfjs_layers_model --output_format=keras "${path}" model.h5`,
    );
  }
  if (kind === 'graph') {
    return new ImportError(
      `${path} is a graph model for TensorFlow.js.`,
      `Import what it was converted from, or make a SavedModel of it: ${installConverter} && pip install --no-deps tfjs-graph-converter && tfjs_graph_converter --output_format tf_saved_model "${path}" saved_model. ${tfliteOf('from_saved_model("saved_model")')}. That file can be imported.`,
    );
  }
  return new ImportError(
    `${path} is a JSON file, and no model for TensorFlow.js.`,
    'Name the file of the model: .keras, .h5, .tflite or .onnx.',
  );
}

function findKind(path: string): 'layers' | 'graph' | undefined {
  const { format, modelTopology: topology } = readJson(path);
  if (format === 'graph-model') return 'graph';
  if (format === 'layers-model') return 'layers';
  // Files of older converters do not say.
  if (!isJsonObject(topology)) return undefined;
  return Array.isArray(topology.node) ? 'graph' : 'layers';
}

function readJson(path: string): JsonObject {
  try {
    const value: unknown = JSON.parse(readPlainFile(path, maximumJsonFileSizeInBytes).toString('utf8'));
    return isJsonObject(value) ? value : {};
  } catch {
    // Damaged or too large to look at: nothing is known of it.
    return {};
  }
}

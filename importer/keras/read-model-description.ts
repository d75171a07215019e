import { isJsonObject, type JsonObject } from '../../facts/json-object.ts';
import { ImportError } from '../import-error.ts';
import { asTflite } from '../refuse-format.ts';
import type { LayerDescription, ModelDescription, TensorReference } from './model-description.ts';
import { readCall } from './read-call.ts';

const maximumDepth = 32;
const maximumLayers = 20_000;

/** Reads the config of a whole model, `{"class_name", "config"}`; throws an {@link ImportError} where it is none. */
export function readModelDescription(json: unknown, depth = 0): ModelDescription {
  if (!isJsonObject(json) || typeof json.class_name !== 'string') throw notAModel('its configuration has no class');
  if (depth > maximumDepth) throw notAModel(`its models are nested more than ${maximumDepth} deep`);
  const { class_name: className, config } = json;
  // The first Keras wrote a sequential model's layers as its whole configuration.
  const layersJson = isJsonObject(config) ? config.layers : config;
  if (!Array.isArray(layersJson)) {
    throw new ImportError(
      `The model is a ${className}, a class of its own whose layers the file does not list.`,
      `Load it in Python, where its class is known (pip install keras_hub for those of KerasHub), and convert it. ${asTflite}`,
    );
  }
  if (layersJson.length > maximumLayers) throw notAModel(`it lists ${layersJson.length} layers`);
  const values: JsonObject = isJsonObject(config) ? config : {};
  const name = typeof values.name === 'string' ? values.name : className;
  const layers = layersJson.map((layer) => readLayer(layer, depth));
  const builtFor = values.build_input_shape;
  if (className === 'Sequential') {
    return { name, className, kind: 'sequential', layers, inputs: [], outputs: [], builtFor };
  }
  return {
    name,
    className,
    kind: 'functional',
    layers,
    inputs: readReferences(values.input_layers),
    outputs: readReferences(values.output_layers),
    builtFor,
  };
}

function readLayer(json: unknown, depth: number): LayerDescription {
  if (!isJsonObject(json) || typeof json.class_name !== 'string') throw notAModel('one of its layers has no class');
  const config = isJsonObject(json.config) ? json.config : {};
  const name = [json.name, config.name].find((value) => typeof value === 'string');
  if (typeof name !== 'string') throw notAModel(`one of its layers, a ${json.class_name}, has no name`);
  const inbound = Array.isArray(json.inbound_nodes) ? json.inbound_nodes : [];
  // A row of augmentation layers lists them too, but tells neither inputs nor outputs and is a layer itself.
  const isModel = json.class_name !== 'Pipeline' && (Array.isArray(config.layers) || Array.isArray(json.config));
  return {
    name,
    className: json.class_name,
    module: typeof json.module === 'string' ? json.module : undefined,
    isCustom: isCustomClass(json.class_name, json.module),
    config,
    calls: inbound.map((call) => readCall(call, name)),
    model: isModel ? readModelDescription(json, depth + 1) : undefined,
  };
}

/** Before Keras 3, keras.applications registered this one as everybody does their own. */
const registeredByKeras = ['Custom>CustomScaleLayer'];

/** Custom classes have another module, or none by `null`; where files tell no module, a package before the name. */
export function isCustomClass(className: string, module: unknown): boolean {
  if (registeredByKeras.includes(className)) return false;
  if (typeof module === 'string') return !/^(tf_|tensorflow\.(python\.)?)?keras(\.|$)/.test(module);
  return module === null || className.includes('>');
}

/** `[["layer", 0, 0], …]`, a single `["layer", 0, 0]`, or a dictionary of them. */
function readReferences(json: unknown): TensorReference[] {
  // By name, as Keras orders what is given and answered by names.
  if (isJsonObject(json))
    return Object.keys(json)
      .sort()
      .flatMap((name) => readReferences(json[name]));
  if (!Array.isArray(json)) throw notAModel('its inputs or outputs are not listed');
  const [layer, call, tensor] = json as unknown[];
  if (typeof layer === 'string' && typeof call === 'number' && typeof tensor === 'number')
    return [{ layer, call, tensor }];
  return json.flatMap(readReferences);
}

function notAModel(what: string): ImportError {
  return new ImportError(
    `The file does not hold a Keras model: ${what}.`,
    'Save the model with model.save("model.keras").',
  );
}

import { applyActivation, findActivation } from '../activations.ts';
import type { LayerConverter } from './layer-context.ts';

/** A layer that is an activation; its arguments are the activation's. */
const asActivation =
  (name: string): LayerConverter =>
  ({ builder, config, inputs: [x] }) => {
    const activation = findActivation(name);
    if (activation === undefined) throw config.error('its function is unknown');
    return activation(builder, x, config);
  };

const leakyRelu: LayerConverter = ({ builder, config, inputs: [x] }) =>
  builder.leakyRelu(x, config.number('negative_slope', config.number('alpha', 0.3)));

/** A slope for each value below zero, learnt; `shared_axes` have one slope each. */
const prelu: LayerConverter = ({ builder, config, variables, inputs: [x] }) => {
  const shared = config.values.shared_axes ? config.integers('shared_axes') : [];
  const shape = x.shape.slice(1).map((size, at) => (shared.includes(at + 1) ? 1 : size));
  const alpha = variables.take(builder, 'alpha', shape);
  const negative = builder.binary('Minimum', x, builder.scalar(0));
  return builder.add(builder.unary('Relu', x), builder.multiply(negative, alpha));
};

const softmax: LayerConverter = (context) => {
  if (context.inputs.length > 1) throw context.config.error('its mask is not supported');
  return asActivation('softmax')(context);
};

const rescaling: LayerConverter = ({ builder, config, inputs: [x] }) => {
  const read = (key: string, fallback: number) => {
    const value = config.values[key] ?? fallback;
    const numbers = (Array.isArray(value) ? value : [value]) as unknown[];
    if (!numbers.every((item): item is number => typeof item === 'number'))
      throw config.error(`its ${key} is no number`);
    return builder.constant(key, Float32Array.from(numbers), numbers.length === 1 ? [] : [numbers.length]);
  };
  return builder.add(builder.multiply(x, read('scale', 1)), read('offset', 0));
};

const activation: LayerConverter = ({ builder, config, inputs: [x] }) =>
  applyActivation(builder, x, config.values.activation, config);

export const elementwiseLayers: Readonly<Record<string, LayerConverter>> = {
  Activation: activation,
  ReLU: asActivation('relu'),
  ELU: asActivation('elu'),
  ThresholdedReLU: asActivation('threshold'),
  LeakyReLU: leakyRelu,
  PReLU: prelu,
  Softmax: softmax,
  Rescaling: rescaling,
};

import type { LayerConverter } from './layer-context.ts';

const identity: LayerConverter = ({ inputs: [x] }) => x;

/** Layers that do something in training only: at inference they hand their input on. */
const namesOfIdentities = [
  'ActivityRegularization', 'AlphaDropout', 'AugMix', 'AutoContrast', 'CutMix', 'Dropout', 'Equalization',
  'GaussianDropout', 'GaussianNoise', 'Identity', 'MaxNumBoundingBoxes', 'MixUp', 'Pipeline', 'RandAugment', 'RandomApply',
  'RandomBrightness', 'RandomChannelShift', 'RandomColorDegeneration', 'RandomColorJitter', 'RandomContrast',
  'RandomElasticTransform', 'RandomErasing', 'RandomFlip', 'RandomGaussianBlur', 'RandomGrayscale', 'RandomHeight',
  'RandomHue', 'RandomInvert', 'RandomPerspective', 'RandomPosterization', 'RandomRotation', 'RandomSaturation',
  'RandomSharpness', 'RandomShear', 'RandomTranslation', 'RandomWidth', 'RandomZoom', 'Solarization',
  'SpatialDropout1D', 'SpatialDropout2D', 'StochasticDepth',
]; // biome-ignore format: a list

export const identityLayers: Readonly<Record<string, LayerConverter>> = Object.fromEntries(
  namesOfIdentities.map((name) => [name, identity]),
);
